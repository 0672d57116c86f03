"""What we publish as JSON-LD, read by RDFLib and held against our shapes by pySHACL:
both were written by others, and know nothing of our code.
"""

import json
import warnings
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import Namespace
from rdflib.plugins.shared.jsonld import context
from rdflib.plugins.shared.jsonld.util import HTMLJSONParser

SCHEMA = Namespace("https://schema.org/")
SHAPES = Path(__file__).with_name("claimreview.shacl.ttl")
# In place of the one that schema.org serves: tests have no network.
_ADDRESSES = ("url", "sameAs", "originalMediaLink", "sdLicense")
_CONTEXT = {"@context": {"@vocab": str(SCHEMA), **{name: {"@type": "@id"} for name in _ADDRESSES}}}


def of_page(text: str) -> Graph:
    """What stands in all JSON-LD blocks of an HTML page."""
    blocks = HTMLJSONParser(extract_all_scripts=True)
    blocks.feed(text)
    return of_json(json.dumps(blocks.get_json()))


def of_json(text: str) -> Graph:
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        # RDFLib's own parser still makes a kind of graph that RDFLib will drop.
        warnings.simplefilter("ignore", DeprecationWarning)
        patch.setattr(context, "source_to_json", _context)
        return Graph().parse(data=text, format="json-ld", publicID="urn:x-document")


def _context(address: str) -> tuple[dict[str, object], None]:
    assert address == "https://schema.org", "Nothing else is meant to be loaded."
    return _CONTEXT, None


def assert_fits(graph: Graph) -> None:
    fits, _, told = validate(graph, shacl_graph=Graph().parse(SHAPES, format="turtle"))
    assert fits, told
