"""Models of what others published, and of what we stored of it."""

from sources.models.article import Article, ArticleFetch, ArticleVersion
from sources.models.capture import OFFLINE, Capture
from sources.models.claimant import Claimant
from sources.models.feed import FeedItem, FollowedFeed
from sources.models.link import Link, LinkCheck
from sources.models.picture import Picture, PictureHash, SimilarPictures
from sources.models.public_copy import PublicCopy
from sources.models.publisher import Owner, Publisher, ReliabilityNote

__all__ = [
    "OFFLINE",
    "Article",
    "ArticleFetch",
    "ArticleVersion",
    "Capture",
    "Claimant",
    "FeedItem",
    "FollowedFeed",
    "Link",
    "LinkCheck",
    "Owner",
    "Picture",
    "PictureHash",
    "PublicCopy",
    "Publisher",
    "ReliabilityNote",
    "SimilarPictures",
]
