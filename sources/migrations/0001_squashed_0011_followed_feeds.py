import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from factcheck.ledger.create_models import CreateModels
from factcheck.ledger.full_text import CreateIndex


class Migration(migrations.Migration):
    replaces = [
        ("sources", "0001_initial"),
        ("sources", "0002_claimant_desk"),
        ("sources", "0003_claimant_public_ids"),
        ("sources", "0004_claimant_public_id_required"),
        ("sources", "0005_link_reading_due_at"),
        ("sources", "0006_search"),
        ("sources", "0007_list_indexes"),
        ("sources", "0008_desk_indexes"),
        ("sources", "0009_public_copies"),
        ("sources", "0010_external_ids"),
        ("sources", "0011_followed_feeds"),
    ]

    initial = True

    dependencies = [
        ("newsroom", "0014_service_accounts"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Article",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("published", "published elsewhere"),
                                    ("draft", "our own draft"),
                                ],
                                default="published",
                                max_length=16,
                            ),
                        ),
                        (
                            "url",
                            models.CharField(
                                blank=True, max_length=2000, null=True, verbose_name="URL"
                            ),
                        ),
                        (
                            "content_hash",
                            models.CharField(blank=True, editable=False, max_length=64),
                        ),
                        ("title", models.CharField(blank=True, max_length=500)),
                        ("byline", models.CharField(blank=True, max_length=200)),
                        ("published_date", models.DateField(blank=True, null=True)),
                        ("language", models.CharField(blank=True, max_length=16)),
                        ("created_at", models.DateTimeField()),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "submitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submitted_articles",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "publisher",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="sources.publisher",
                            ),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                max_length=200,
                                verbose_name="external ID",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["desk", "-created_at", "-id"], name="article_by_desk"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("desk", "url"),
                                name="article_once_by_address",
                                violation_error_message="This desk already has the article at this URL.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("url__isnull", True)),
                                fields=("desk", "content_hash"),
                                name="article_once_by_content",
                                violation_error_message="This desk already has an article with exactly this text.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("url__isnull", False),
                                    models.Q(("content_hash", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="article_known_by_something",
                                violation_error_message="An article needs a URL or a text.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("external_id", ""), _negated=True),
                                fields=("desk", "external_id"),
                                name="article_once_by_external_id",
                                violation_error_message="This desk already has an article with this external ID.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleFetch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "job_state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                db_default="waiting",
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "next_attempt_at",
                            models.DateTimeField(blank=True, db_index=True, null=True),
                        ),
                        ("nudged_at", models.DateTimeField(blank=True, null=True)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("lease_token", models.UUIDField(blank=True, null=True)),
                        ("last_error", models.TextField(blank=True)),
                        (
                            "article",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fetch",
                                to="sources.article",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "article fetch",
                        "verbose_name_plural": "article fetches",
                    },
                ),
                migrations.CreateModel(
                    name="Capture",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("fetched", "fetched page"),
                                    ("upload", "uploaded file"),
                                    ("note", "signed interview note"),
                                ],
                                db_default="fetched",
                                default="fetched",
                                max_length=8,
                            ),
                        ),
                        ("url", models.CharField(max_length=2000)),
                        ("final_url", models.CharField(blank=True, max_length=4000)),
                        ("title", models.CharField(blank=True, max_length=500)),
                        ("text", models.TextField()),
                        (
                            "page_text",
                            models.TextField(
                                blank=True,
                                help_text="All text of the page, if that is more than the article text.",
                            ),
                        ),
                        ("text_sha256", models.CharField(max_length=64)),
                        ("body_sha256", models.CharField(max_length=64)),
                        ("content_type", models.CharField(blank=True, max_length=200)),
                        ("file_name", models.CharField(blank=True, max_length=200)),
                        ("file_size", models.PositiveIntegerField(db_default=0, default=0)),
                        (
                            "pages",
                            models.JSONField(
                                blank=True,
                                db_default=[],
                                default=list,
                                help_text="For a PDF: the offsets in the text at which pages begin.",
                            ),
                        ),
                        (
                            "warc_sha256",
                            models.CharField(
                                blank=True,
                                db_default="",
                                help_text="SHA-256 of the web archive file (WARC).",
                                max_length=64,
                            ),
                        ),
                        ("warc_size", models.PositiveIntegerField(db_default=0, default=0)),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                db_default="",
                                help_text="What could not be read as text.",
                                max_length=300,
                            ),
                        ),
                        ("captured_at", models.DateTimeField()),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="captures",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-captured_at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["desk", "-captured_at", "-id"], name="capture_by_desk"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("desk", "url", "text_sha256"),
                                name="capture_content_once",
                                violation_error_message="This text of this page is already captured.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="capture_has_text",
                                violation_error_message="A capture needs the text of the page.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("file_name", ""), ("file_size", 0), ("kind", "fetched")
                                    ),
                                    models.Q(
                                        ("file_size__gt", 0),
                                        ("kind", "upload"),
                                        ("url__startswith", "urn:sha256:"),
                                        models.Q(("file_name", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("file_name", ""),
                                        ("file_size", 0),
                                        ("kind", "note"),
                                        ("url__startswith", "urn:sha256:"),
                                    ),
                                    _connector="OR",
                                ),
                                name="capture_kind_fits",
                                violation_error_message="A capture is a fetched page, an uploaded file with its name, or an interview note.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("warc_sha256", ""), ("warc_size", 0)),
                                    models.Q(
                                        ("kind", "fetched"),
                                        ("warc_size__gt", 0),
                                        models.Q(("warc_sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="capture_record_of_a_fetch",
                                violation_error_message="Only a fetched page has a web archive file, with its hash and size.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claimant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("Person", "person"), ("Organization", "organisation")],
                                default="Person",
                                max_length=16,
                            ),
                        ),
                        (
                            "description",
                            models.CharField(
                                blank=True,
                                help_text="Job title or organisation. Distinguishes people with the same name.",
                                max_length=200,
                            ),
                        ),
                        (
                            "same_as",
                            models.URLField(
                                blank=True,
                                help_text="A page that identifies the claimant, such as Wikidata.",
                                max_length=500,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty for all desks.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="newsroom.desk",
                            ),
                        ),
                        ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                        (
                            "replaced_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="claimant_has_name",
                                violation_error_message="Enter a name for the claimant.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("desk__isnull", True), ("replaced_at__isnull", True)
                                ),
                                fields=("name", "description"),
                                name="claimant_once",
                                violation_error_message="This claimant is already in the list. Add a description if this is somebody else.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at__isnull", True)),
                                fields=("desk", "name", "description"),
                                name="claimant_once_on_desk",
                                violation_error_message="This claimant is already in the list. Add a description if this is somebody else.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "job_state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                db_default="waiting",
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "next_attempt_at",
                            models.DateTimeField(blank=True, db_index=True, null=True),
                        ),
                        ("nudged_at", models.DateTimeField(blank=True, null=True)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("lease_token", models.UUIDField(blank=True, null=True)),
                        ("last_error", models.TextField(blank=True)),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        ("url", models.CharField(max_length=2000, verbose_name="URL")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unchecked", "not checked"),
                                    ("ok", "online"),
                                    ("redirected_permanent", "moved permanently"),
                                    ("redirected_temporary", "redirected"),
                                    ("moved_to_home", "probably gone (redirects to home page)"),
                                    ("soft_404_suspected", "probably gone (error page)"),
                                    ("content_changed", "text changed"),
                                    ("blocked", "blocked (unknown)"),
                                    ("not_found", "not found"),
                                    ("gone", "gone"),
                                    ("server_error", "server error"),
                                    ("timeout", "timed out"),
                                    ("dns_failure", "host not found"),
                                    ("tls_error", "invalid certificate"),
                                    ("connection_error", "connection failed"),
                                    ("too_many_redirects", "redirect loop"),
                                    ("refused_by_policy", "address not allowed"),
                                    ("unsupported_scheme", "unsupported address"),
                                ],
                                default="unchecked",
                                max_length=24,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("http_status", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("final_url", models.CharField(blank=True, max_length=4000)),
                        ("last_checked_at", models.DateTimeField(blank=True, null=True)),
                        ("failing_since", models.DateTimeField(blank=True, null=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        (
                            "dead_since",
                            models.DateTimeField(
                                blank=True,
                                help_text="Set only after repeated failed checks.",
                                null=True,
                            ),
                        ),
                        (
                            "published_since",
                            models.DateTimeField(
                                blank=True,
                                help_text="Since when a published verdict cites the link.",
                                null=True,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "latest_capture",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sources.capture",
                            ),
                        ),
                        (
                            "publisher",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="sources.publisher",
                            ),
                        ),
                        (
                            "reading_due_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="Since when the page waits to be read and captured, or when that is tried again.",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["url"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("reading_due_at__isnull", False)),
                                fields=["reading_due_at"],
                                name="link_reading_due",
                            ),
                            models.Index(fields=["desk", "state"], name="link_in_state"),
                            models.Index(
                                condition=models.Q(("dead_since__isnull", False)),
                                fields=["desk", "dead_since"],
                                name="link_dead",
                            ),
                            models.Index(
                                condition=models.Q(("job_state", "failed")),
                                fields=["desk"],
                                name="link_unchecked",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("desk", "url"),
                                name="link_once",
                                violation_error_message="This desk already checks this link.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "unchecked",
                                            "ok",
                                            "redirected_permanent",
                                            "redirected_temporary",
                                            "moved_to_home",
                                            "soft_404_suspected",
                                            "content_changed",
                                            "blocked",
                                            "not_found",
                                            "gone",
                                            "server_error",
                                            "timeout",
                                            "dns_failure",
                                            "tls_error",
                                            "connection_error",
                                            "too_many_redirects",
                                            "refused_by_policy",
                                            "unsupported_scheme",
                                        ],
                                    )
                                ),
                                name="link_state_known",
                                violation_error_message="Unknown link state.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dead_since__isnull", True),
                                    ("failing_since__isnull", False),
                                    _connector="OR",
                                ),
                                name="link_dead_only_when_failing",
                                violation_error_message="A link cannot be dead while it is not failing.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("url__startswith", "urn:sha256:"), _negated=True),
                                    ("next_attempt_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="link_offline_never_due",
                                violation_error_message="A file or interview note is never checked on the web.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("checked_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unchecked", "not checked"),
                                    ("ok", "online"),
                                    ("redirected_permanent", "moved permanently"),
                                    ("redirected_temporary", "redirected"),
                                    ("moved_to_home", "probably gone (redirects to home page)"),
                                    ("soft_404_suspected", "probably gone (error page)"),
                                    ("content_changed", "text changed"),
                                    ("blocked", "blocked (unknown)"),
                                    ("not_found", "not found"),
                                    ("gone", "gone"),
                                    ("server_error", "server error"),
                                    ("timeout", "timed out"),
                                    ("dns_failure", "host not found"),
                                    ("tls_error", "invalid certificate"),
                                    ("connection_error", "connection failed"),
                                    ("too_many_redirects", "redirect loop"),
                                    ("refused_by_policy", "address not allowed"),
                                    ("unsupported_scheme", "unsupported address"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        ("http_status", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("final_url", models.CharField(blank=True, max_length=4000)),
                        ("redirects", models.JSONField(default=list)),
                        ("address", models.CharField(blank=True, max_length=64)),
                        ("body_sha256", models.CharField(blank=True, max_length=64)),
                        ("elapsed_ms", models.PositiveIntegerField()),
                        (
                            "capture",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="sources.capture",
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="sources.link",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-checked_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Owner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "desk",
                            models.ForeignKey(
                                blank=True,
                                help_text="Leave empty for all desks.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("desk__isnull", True)),
                                fields=("name",),
                                name="owner_once",
                                violation_error_message="There is already an owner with this name.",
                            ),
                            models.UniqueConstraint(
                                fields=("desk", "name"),
                                name="owner_once_on_desk",
                                violation_error_message="The desk already has an owner with this name.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Publisher",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        ("name", models.CharField(max_length=200)),
                        (
                            "domain",
                            models.CharField(blank=True, max_length=253, null=True, unique=True),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    (
                                        "primary",
                                        "primary: the original source (statistics, law, data, the person)",
                                    ),
                                    ("secondary", "secondary: reports on it"),
                                ],
                                default="secondary",
                                max_length=16,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                blank=True,
                                help_text="Leave empty for all desks. A person interviewed by one desk is known to that desk only.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publishers",
                                to="sources.owner",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("domain", ""), _negated=True),
                                name="publisher_has_domain",
                                violation_error_message="Enter a domain, such as example.org, or none.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="publisher_has_name",
                                violation_error_message="Enter a name for the publisher.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("domain__isnull", True),
                                    ("desk__isnull", True),
                                    _connector="OR",
                                ),
                                name="publisher_on_the_web_is_shared",
                                violation_error_message="A publisher with a domain belongs to all desks. Leave the desk empty.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("desk__isnull", True), ("domain__isnull", True)
                                ),
                                fields=("name",),
                                name="publisher_once_by_name",
                                violation_error_message="There is already a publisher with this name and no domain.",
                            ),
                            models.UniqueConstraint(
                                fields=("desk", "name"),
                                name="publisher_once_on_desk",
                                violation_error_message="The desk already has a publisher with this name.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReliabilityNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("trusted", "trusted"),
                                    ("with_care", "use with care"),
                                    ("not_trusted", "not trusted"),
                                ],
                                max_length=16,
                                verbose_name="reliability",
                            ),
                        ),
                        ("reason", models.TextField(max_length=2000, verbose_name="reason")),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reliability_notes",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "publisher",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reliability_notes",
                                to="sources.publisher",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ["trusted", "with_care", "not_trusted"])
                                ),
                                name="reliability_known",
                                violation_error_message="Choose a reliability.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="reliability_with_a_reason",
                                violation_error_message="Enter a reason for the reliability.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ArticleVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("content_hash", models.CharField(max_length=64)),
                        (
                            "url",
                            models.CharField(
                                blank=True,
                                help_text="If the update was published at a URL of its own.",
                                max_length=2000,
                                verbose_name="URL",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="sources.article",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["article", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "number"),
                                name="articleversion_number",
                                violation_error_message="Somebody else added a version first. Try again.",
                            ),
                            models.UniqueConstraint(
                                fields=("article", "content_hash"),
                                name="articleversion_content_once",
                                violation_error_message="The article already has a version with exactly this text.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="articleversion_has_text",
                                violation_error_message="The text is empty.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "job_state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                db_default="waiting",
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "next_attempt_at",
                            models.DateTimeField(blank=True, db_index=True, null=True),
                        ),
                        ("nudged_at", models.DateTimeField(blank=True, null=True)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("lease_token", models.UUIDField(blank=True, null=True)),
                        ("last_error", models.TextField(blank=True)),
                        ("asked_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("job", models.CharField(blank=True, max_length=200)),
                        ("refused_at", models.DateTimeField(blank=True, null=True)),
                        ("address", models.CharField(blank=True, max_length=2200)),
                        ("archived_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "link",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="public_copy",
                                to="sources.link",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "copy in a public archive",
                        "verbose_name_plural": "copies in a public archive",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("sent_at__isnull", False)),
                                fields=["sent_at"],
                                name="publiccopy_sent",
                            ),
                            models.Index(
                                condition=models.Q(("refused_at__isnull", False)),
                                fields=["refused_at"],
                                name="publiccopy_refused",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("address", ""), ("archived_at__isnull", True)),
                                    models.Q(
                                        models.Q(("address", ""), _negated=True),
                                        ("archived_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="publiccopy_has_address_and_time",
                                violation_error_message="A copy has an address and a time.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowedFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "job_state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                db_default="waiting",
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        (
                            "next_attempt_at",
                            models.DateTimeField(blank=True, db_index=True, null=True),
                        ),
                        ("nudged_at", models.DateTimeField(blank=True, null=True)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("lease_token", models.UUIDField(blank=True, null=True)),
                        ("last_error", models.TextField(blank=True)),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        ("url", models.CharField(max_length=2048)),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("followed_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(null=True)),
                        ("last_read_at", models.DateTimeField(null=True)),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feeds",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ended_feeds",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "followed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_feeds",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "followed feed",
                        "verbose_name_plural": "followed feeds",
                        "ordering": ["-followed_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("desk", "url"),
                                name="feed_followed_once",
                                violation_error_message="The desk follows this feed already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True), ("ended_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False), ("ended_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="feed_ended_by_a_person",
                                violation_error_message="A feed is ended by a person, at a time.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.CharField(max_length=64)),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("url", models.CharField(blank=True, max_length=2048)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "sent in"),
                                    ("earlier", "older than the following"),
                                    ("refused", "refused"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("seen_at", models.DateTimeField()),
                        (
                            "article",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feed_items",
                                to="sources.article",
                            ),
                        ),
                        (
                            "feed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="sources.followedfeed",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of a feed",
                        "verbose_name_plural": "items of feeds",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("feed", "key"), name="feeditem_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("article__isnull", False), ("state", "sent")),
                                    models.Q(
                                        models.Q(("state", "sent"), _negated=True),
                                        ("article__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="feeditem_sent_has_article",
                                violation_error_message="What was sent in is an article.",
                            ),
                        ],
                    },
                ),
            ]
        ),
        CreateIndex("article"),
        CreateIndex("publisher"),
        CreateIndex("link"),
        CreateIndex("claimant"),
    ]
