import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import claims.models.webhook
import factcheck.ledger.encryption
from factcheck.ledger.create_models import CreateModels
from factcheck.ledger.full_text import CreateIndex
from factcheck.ledger.term_index import CreateTermIndex


class Migration(migrations.Migration):
    replaces = [
        ("claims", "0001_initial"),
        ("claims", "0002_claimants_of_desks"),
        ("claims", "0003_evidence_signed_names"),
        ("claims", "0004_evidence_signed_names_filled"),
        ("claims", "0005_encrypted_columns"),
        ("claims", "0006_encrypt_identities_and_tips"),
        ("claims", "0007_two_people"),
        ("claims", "0008_source_access"),
        ("claims", "0009_declined_to_comment"),
        ("claims", "0010_search"),
        ("claims", "0011_list_indexes"),
        ("claims", "0012_bulk_changes"),
        ("claims", "0013_desk_indexes"),
        ("claims", "0014_notifications"),
        ("claims", "0015_chosen_spans"),
        ("claims", "0016_priority_and_risk"),
        ("claims", "0017_signed_contents"),
        ("claims", "0018_form_drafts"),
        ("claims", "0019_comments"),
        ("claims", "0020_bulk_undo"),
        ("claims", "0021_conflicts_of_interest_name"),
        ("claims", "0022_order_of_lists"),
        ("claims", "0023_listings"),
        ("claims", "0024_newest_moments"),
        ("claims", "0025_references"),
        ("claims", "0026_public_changes"),
        ("claims", "0027_wording"),
        ("claims", "0028_media_review"),
        ("claims", "0029_rechecks_for_readers"),
        ("claims", "0030_tips"),
        ("claims", "0031_texts_for_readers"),
        ("claims", "0032_tips_are_told"),
        ("claims", "0033_unfinished_claims"),
        ("claims", "0034_events"),
        ("claims", "0035_webhooks"),
        ("claims", "0036_known_claims"),
        ("claims", "0037_decisions_about_matches"),
        ("claims", "0038_imports"),
        ("claims", "0039_desk_exports"),
        ("claims", "0040_imported_claims"),
        ("claims", "0041_fact_checks_of_others_known"),
        ("claims", "0042_live"),
        ("claims", "0043_public_ids"),
    ]

    initial = True

    dependencies = [
        ("ledger", "0002_key_rotation"),
        ("newsroom", "0014_service_accounts"),
        ("sources", "0011_followed_feeds"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Claim",
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
                        ("text", models.TextField(max_length=2000, verbose_name="claim")),
                        (
                            "stated_date",
                            models.DateField(blank=True, null=True, verbose_name="claim date"),
                        ),
                        (
                            "appearance_url",
                            models.CharField(
                                blank=True, max_length=2000, verbose_name="appearance (URL)"
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=16)),
                        (
                            "from_reader",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="sent in by a reader"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("in_progress", "in progress"),
                                    ("in_review", "in review"),
                                    ("approved", "approved"),
                                    ("published", "published"),
                                    ("on_hold", "on hold"),
                                    ("declined", "declined"),
                                    ("retracted", "retracted"),
                                    ("merged", "merged"),
                                ],
                                default="open",
                                editable=False,
                                max_length=16,
                            ),
                        ),
                        (
                            "held_from",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("open", "open"),
                                    ("in_progress", "in progress"),
                                    ("in_review", "in review"),
                                    ("approved", "approved"),
                                    ("published", "published"),
                                    ("on_hold", "on hold"),
                                    ("declined", "declined"),
                                    ("retracted", "retracted"),
                                    ("merged", "merged"),
                                ],
                                editable=False,
                                max_length=16,
                            ),
                        ),
                        (
                            "merged_from",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("open", "open"),
                                    ("in_progress", "in progress"),
                                    ("in_review", "in review"),
                                    ("approved", "approved"),
                                    ("published", "published"),
                                    ("on_hold", "on hold"),
                                    ("declined", "declined"),
                                    ("retracted", "retracted"),
                                    ("merged", "merged"),
                                ],
                                editable=False,
                                max_length=16,
                            ),
                        ),
                        ("moves", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "due_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="deadline"),
                        ),
                        (
                            "embargo_until",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="embargo until"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("shared_with_legal", models.BooleanField(default=False, editable=False)),
                        (
                            "slug",
                            models.SlugField(
                                allow_unicode=True, blank=True, editable=False, max_length=80
                            ),
                        ),
                        ("created_at", models.DateTimeField(editable=False)),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assigned_claims",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claimant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="sources.claimant",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="created_claims",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duplicates",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "translation_of",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                help_text="The original claim, in another language.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="translations",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "suggestion",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claim",
                                to="claims.suggestion",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="claims.topic",
                            ),
                        ),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "Urgent"), (2, "High"), (3, "Normal"), (4, "Low")],
                                db_default=3,
                                default=3,
                                editable=False,
                            ),
                        ),
                        (
                            "priority_reason",
                            models.CharField(
                                blank=True, db_default="", editable=False, max_length=300
                            ),
                        ),
                        (
                            "risk",
                            models.CharField(
                                blank=True,
                                choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")],
                                db_default="",
                                editable=False,
                                max_length=8,
                            ),
                        ),
                        (
                            "wording",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=300,
                                verbose_name="wording for readers",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["due_at", "-created_at", "-id"], name="claim_by_deadline"
                            ),
                            models.Index(
                                fields=["desk", "status", "due_at"], name="claim_status_by_deadline"
                            ),
                            models.Index(
                                fields=["priority", "due_at", "-created_at", "-id"],
                                name="claim_by_priority",
                            ),
                            models.Index(
                                models.Case(
                                    models.When(
                                        status__in=(
                                            "open",
                                            "in_progress",
                                            "in_review",
                                            "approved",
                                            "on_hold",
                                        ),
                                        then=models.Value(0),
                                    ),
                                    default=models.Value(1),
                                ),
                                models.Case(
                                    models.When(
                                        status__in=(
                                            "open",
                                            "in_progress",
                                            "in_review",
                                            "approved",
                                            "on_hold",
                                        ),
                                        then=models.F("due_at"),
                                    )
                                ),
                                models.OrderBy(models.F("created_at"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                name="claim_by_work",
                            ),
                            models.Index(
                                fields=[
                                    "id",
                                    "desk",
                                    "shared_with_legal",
                                    "status",
                                    "due_at",
                                    "created_at",
                                ],
                                name="claim_found",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ("open", "in_progress", "in_review", "approved", "on_hold"),
                                    )
                                ),
                                fields=["desk", "due_at", "created_at", "id", "status"],
                                name="claim_unfinished",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "open",
                                            "in_progress",
                                            "in_review",
                                            "approved",
                                            "published",
                                            "on_hold",
                                            "declined",
                                            "retracted",
                                            "merged",
                                        ],
                                    )
                                ),
                                name="claim_status_known",
                                violation_error_message="Unknown status.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="claim_has_text",
                                violation_error_message="Write the claim.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ("in_progress", "in_review", "approved")),
                                        _negated=True,
                                    ),
                                    ("assignee__isnull", False),
                                    _connector="OR",
                                ),
                                name="claim_in_work_has_assignee",
                                violation_error_message="A claim in progress needs an assignee.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(
                                            ("status", "on_hold"),
                                            models.Q(
                                                ("merged_from", "on_hold"), ("status", "merged")
                                            ),
                                            _connector="OR",
                                        ),
                                        models.Q(("held_from", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("status", "on_hold"),
                                            models.Q(
                                                ("merged_from", "on_hold"), ("status", "merged")
                                            ),
                                            _connector="OR",
                                            _negated=True,
                                        ),
                                        ("held_from", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_held_from_somewhere",
                                violation_error_message="A claim on hold needs the status it returns to.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "merged_from__in",
                                            (
                                                "open",
                                                "in_progress",
                                                "in_review",
                                                "approved",
                                                "on_hold",
                                            ),
                                        ),
                                        ("merged_into__isnull", False),
                                        ("status", "merged"),
                                        models.Q(("merged_into", models.F("id")), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("status", "merged"), _negated=True),
                                        ("merged_from", ""),
                                        ("merged_into__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_merged_into_another",
                                violation_error_message="A merged claim needs its target and previous status.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("translation_of__isnull", True),
                                    models.Q(("translation_of", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="claim_no_translation_of_itself",
                                violation_error_message="A claim cannot be a translation of itself.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status__in", ("published", "retracted")), _negated=True
                                    ),
                                    models.Q(("slug", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="claim_published_has_slug",
                                violation_error_message="A published claim needs a public address.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("priority__in", [1, 2, 3, 4])),
                                name="claim_priority_known",
                                violation_error_message="Unknown priority.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("priority", 3),
                                    models.Q(("priority_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="claim_priority_has_reason",
                                violation_error_message="Say why the priority is raised or lowered.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("risk__in", ("", "low", "medium", "high"))),
                                name="claim_risk_known",
                                violation_error_message="Unknown risk tier.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConfidentialIdentity",
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
                        ("name", factcheck.ledger.encryption.EncryptedTextField(max_length=200)),
                        (
                            "contact",
                            factcheck.ledger.encryption.EncryptedTextField(
                                blank=True, max_length=300
                            ),
                        ),
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
                            "interview",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="identity",
                                to="claims.interview",
                            ),
                        ),
                        (
                            "two_people",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="A second person confirms each reading. Cannot be undone.",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "confidential identities",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="identity_has_name",
                                violation_error_message="Enter the real name.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
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
                        ("number", models.PositiveIntegerField()),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("supports", "supports the claim"),
                                    ("refutes", "refutes the claim"),
                                    ("context", "provides context"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("quote", models.TextField(blank=True, max_length=5000)),
                        (
                            "finding",
                            models.TextField(
                                blank=True,
                                help_text="What the source shows, in our words.",
                                max_length=5000,
                            ),
                        ),
                        (
                            "locator",
                            models.CharField(
                                blank=True, help_text="Page, table or minute.", max_length=200
                            ),
                        ),
                        (
                            "quote_state",
                            models.CharField(
                                choices=[
                                    ("no_quote", "no quote"),
                                    ("unchecked", "quote not checked"),
                                    ("found", "quote found"),
                                    ("not_found", "quote not found"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "nearest",
                            models.TextField(
                                blank=True,
                                help_text="The most similar passage, if the quote was not found.",
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "version",
                            models.PositiveIntegerField(db_default=1, default=1, editable=False),
                        ),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "capture",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="sources.capture",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "edited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="sources.link",
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="originated_evidence",
                                to="sources.publisher",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "origin_name",
                            models.CharField(
                                db_default="", default="", editable=False, max_length=200
                            ),
                        ),
                        (
                            "publisher_name",
                            models.CharField(
                                db_default="", default="", editable=False, max_length=200
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "evidence",
                        "ordering": ["claim", "number"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("quote_state", "not_found"), ("withdrawn_at", None)
                                ),
                                fields=["claim"],
                                name="evidence_quote_lost",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "number"),
                                name="evidence_number",
                                violation_error_message="Another item of evidence has this number. Try again.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("claim", "link", "quote", "finding", "stance"),
                                name="evidence_once",
                                violation_error_message="This item of evidence is already attached.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quote", ""), _negated=True),
                                    models.Q(("finding", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="evidence_says_something",
                                violation_error_message="Enter the quoted passage or what the source shows.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quote", ""), ("quote_state", "no_quote")),
                                    models.Q(
                                        models.Q(("quote", ""), _negated=True),
                                        models.Q(("quote_state", "no_quote"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="evidence_quote_state_fits",
                                violation_error_message="A quote needs a check result, and only a quote has one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("quote_state__in", ("found", "not_found")), _negated=True
                                    ),
                                    ("capture__isnull", False),
                                    _connector="OR",
                                ),
                                name="evidence_found_in_a_capture",
                                violation_error_message="A checked quote needs the capture it was checked in.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stance__in", ["supports", "refutes", "context"])
                                ),
                                name="evidence_stance_known",
                                violation_error_message="Choose whether it supports, refutes or provides context.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Extraction",
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
                        ("extractor", models.CharField(max_length=32)),
                        ("extractor_version", models.CharField(max_length=32)),
                        ("suggestion_count", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "rejected",
                            models.PositiveIntegerField(
                                db_default=0,
                                default=0,
                                help_text="Candidates that were dropped because the text does not contain them.",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extractions",
                                to="sources.articleversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("job_state", "failed")),
                                fields=["version"],
                                name="extraction_failed",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "extractor", "extractor_version"),
                                name="extraction_once",
                                violation_error_message="This extractor has already run on this article version.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FinishedArticle",
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
                        ("passed_over", models.PositiveIntegerField()),
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="finished_articles",
                                to="sources.articleversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "finished article",
                        "verbose_name_plural": "finished articles",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Interest",
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
                            "about",
                            models.CharField(
                                help_text="The connection, in words that may be published.",
                                max_length=300,
                            ),
                        ),
                        (
                            "note",
                            models.TextField(
                                blank=True, help_text="For editors only.", max_length=2000
                            ),
                        ),
                        ("declared_date", models.DateField()),
                        ("ended_date", models.DateField(blank=True, null=True)),
                        (
                            "claimant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interests",
                                to="sources.claimant",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interests",
                                to="sources.owner",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interests",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-declared_date", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("about", ""), _negated=True),
                                name="interest_says_what",
                                violation_error_message="Say what the connection is.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_date__isnull", True),
                                    ("ended_date__gte", models.F("declared_date")),
                                    _connector="OR",
                                ),
                                name="interest_ends_after_it_began",
                                violation_error_message="The end date must not be before the declaration.",
                            ),
                        ],
                        "verbose_name": "conflict of interest",
                        "verbose_name_plural": "conflicts of interest",
                    },
                ),
                migrations.CreateModel(
                    name="Interview",
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
                        ("person", models.CharField(max_length=200)),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                help_text="Office or organisation, as published.",
                                max_length=200,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("email", "email"),
                                    ("phone", "phone"),
                                    ("letter", "letter"),
                                    ("message", "direct message"),
                                    ("in_person", "in person"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("held_at", models.DateTimeField()),
                        ("confidential", models.BooleanField(default=False)),
                        ("signed_at", models.DateTimeField()),
                        (
                            "sha256",
                            models.CharField(
                                help_text="SHA-256 of the canonical JSON of these fields and the note.",
                                max_length=64,
                                unique=True,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "capture",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interview",
                                to="sources.capture",
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interviews",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-signed_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", ""), _negated=True),
                                name="interview_has_person",
                                violation_error_message="Enter the person, as published.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "channel__in",
                                        ["email", "phone", "letter", "message", "in_person"],
                                    )
                                ),
                                name="interview_channel_known",
                                violation_error_message="Choose how you spoke.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("held_at__lte", models.F("signed_at"))),
                                name="interview_signed_afterwards",
                                violation_error_message="An interview is signed after it was held.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Methodology",
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
                            "number",
                            models.PositiveIntegerField(unique=True, verbose_name="version"),
                        ),
                        ("text", models.TextField(max_length=100000)),
                        ("in_force_from", models.DateTimeField(verbose_name="in force from")),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "methodology",
                        "ordering": ["-number"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="methodology_has_text",
                                violation_error_message="Describe how the newsroom works.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("in_force_from__gte", models.F("made_at"))),
                                name="methodology_not_backdated",
                                violation_error_message="A methodology cannot be backdated.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Query",
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
                            "passage",
                            models.TextField(
                                blank=True,
                                help_text="The passage of the claim or verdict in question.",
                                max_length=2000,
                            ),
                        ),
                        ("blocking", models.BooleanField(default=False)),
                        ("privileged", models.BooleanField(default=False)),
                        (
                            "sign_off",
                            models.BooleanField(
                                default=False,
                                help_text="Ask legal to sign off the content before approval.",
                            ),
                        ),
                        (
                            "signed_hash",
                            models.CharField(
                                blank=True,
                                help_text="Hash of the content that legal signed off.",
                                max_length=64,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="queries",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="queries",
                                to="claims.evidence",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("claim", "the claim"),
                                    ("short_answer", "the short answer"),
                                    ("explanation", "the explanation"),
                                ],
                                db_default="",
                                default="",
                                editable=False,
                                max_length=16,
                            ),
                        ),
                        (
                            "start",
                            models.PositiveIntegerField(blank=True, editable=False, null=True),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="claims.verdict",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["claim", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("evidence__isnull", True), ("passage", ""), _connector="OR"
                                ),
                                name="query_about_one_object",
                                violation_error_message="A query is about a passage or an item of evidence, not both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("resolved_at__isnull", True), ("resolved_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("resolved_at__isnull", False),
                                        ("resolved_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="query_resolved_by_a_person",
                                violation_error_message="A resolved query needs a person and a time.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sign_off", False), ("signed_hash", "")),
                                    models.Q(("privileged", True), ("sign_off", True)),
                                    _connector="OR",
                                ),
                                name="query_sign_off_is_privileged",
                                violation_error_message="A sign-off must be privileged between editors and legal.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sign_off", False),
                                    models.Q(("resolved_at__isnull", True), ("signed_hash", "")),
                                    models.Q(
                                        ("resolved_at__isnull", False),
                                        models.Q(("signed_hash", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="query_signed_off_on_content",
                                violation_error_message="A sign-off needs the content that was signed off.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("part", ""),
                                        ("start__isnull", True),
                                        ("verdict__isnull", True),
                                    ),
                                    models.Q(
                                        ("blocking", False),
                                        ("part__in", ["claim", "short_answer", "explanation"]),
                                        ("privileged", False),
                                        ("start__isnull", False),
                                        ("verdict__isnull", False),
                                        models.Q(("passage", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="query_comment_has_its_place",
                                violation_error_message="A comment is on words of one version, and neither blocking nor privileged.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QueryMessage",
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
                        ("at", models.DateTimeField()),
                        ("text", models.TextField(max_length=5000)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "mentioned",
                            models.ManyToManyField(
                                blank=True, related_name="mentions", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "query",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="claims.query",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["query", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("query", "number"),
                                name="querymessage_number",
                                violation_error_message="Somebody else replied first. Try again.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="querymessage_has_text",
                                violation_error_message="Write the message.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
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
                        ("name", models.CharField(max_length=60)),
                        ("definition", models.CharField(max_length=300)),
                        ("colour", models.CharField(help_text="#rrggbb", max_length=7)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("value", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "needs_reply",
                            models.BooleanField(
                                default=False,
                                help_text="Require a reply request to a named claimant before this rating is signed.",
                            ),
                        ),
                        (
                            "scale",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="claims.ratingscale",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                    ],
                    options={
                        "ordering": ["scale", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scale", "name"),
                                name="rating_name_once",
                                violation_error_message="The scale already has this rating.",
                            ),
                            models.UniqueConstraint(
                                fields=("scale", "value"),
                                name="rating_value_once",
                                violation_error_message="Another rating of this scale has this value.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value__isnull", True), ("value__gte", 1), _connector="OR"
                                ),
                                name="rating_value_from_one",
                                violation_error_message="The lowest value is 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("colour__regex", "^#[0-9a-f]{6}$")),
                                name="rating_colour_hex",
                                violation_error_message="Write the colour as #rrggbb in lowercase.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingScale",
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
                        ("name", models.CharField(max_length=100)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "in_use",
                            models.BooleanField(
                                default=True, help_text="Offer this scale for new verdicts."
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                    ],
                    options={
                        "ordering": ["name", "-version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("name", "version"),
                                name="ratingscale_version",
                                violation_error_message="The scale already has this version. Choose another number.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReaderTip",
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
                            "name",
                            factcheck.ledger.encryption.EncryptedTextField(
                                blank=True, max_length=200
                            ),
                        ),
                        (
                            "contact",
                            factcheck.ledger.encryption.EncryptedTextField(
                                blank=True,
                                help_text="Email address or telephone number.",
                                max_length=300,
                            ),
                        ),
                        (
                            "message",
                            factcheck.ledger.encryption.EncryptedTextField(
                                blank=True, max_length=5000
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("erase_date", models.DateTimeField()),
                        ("entered_at", models.DateTimeField()),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "claim",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reader_tip",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "erased_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty if erased automatically when the retention period ended.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reader tip",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("erased_at__isnull", True)),
                                fields=["erase_date"],
                                name="readertip_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at__isnull", True),
                                    models.Q(("contact", ""), ("message", ""), ("name", "")),
                                    _connector="OR",
                                ),
                                name="readertip_erased_is_empty",
                                violation_error_message="An erased tip has no name, contact or message.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at__isnull", False),
                                    models.Q(
                                        ("contact", ""),
                                        ("message", ""),
                                        ("name", ""),
                                        _negated=True,
                                    ),
                                    _connector="OR",
                                ),
                                name="readertip_has_content",
                                violation_error_message="Enter a name, a contact or a message.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("erase_date__gt", models.F("received_at"))),
                                name="readertip_kept_for_a_while",
                                violation_error_message="A tip is erased after it was received, not before.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_by__isnull", True),
                                    ("erased_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="readertip_erased_by_at_a_time",
                                violation_error_message="An erased tip needs the time of erasure.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recheck",
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
                            "cause",
                            models.CharField(
                                choices=[
                                    ("recheck_date", "recheck date reached"),
                                    ("link", "cited source"),
                                    ("article", "source article"),
                                    ("verdict", "cited or translated verdict"),
                                    ("reader", "request of a reader"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "note",
                            models.TextField(
                                blank=True,
                                help_text="What is wrong with the cause.",
                                max_length=2000,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pending", "pending"),
                                    ("unaffected", "unaffected"),
                                    ("corrected", "corrected"),
                                    ("retracted", "retracted"),
                                ],
                                default="pending",
                                max_length=16,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.TextField(
                                blank=True,
                                help_text="Why the verdict is unaffected.",
                                max_length=2000,
                            ),
                        ),
                        (
                            "next_recheck_date",
                            models.DateField(
                                blank=True,
                                help_text="The next recheck date, if the verdict is still true.",
                                null=True,
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sources.article",
                            ),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rechecks",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sources.link",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cause_verdict",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.verdict",
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rechecks",
                                to="claims.verdict",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recheck",
                        "ordering": ["-opened_at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["claim", "decision"], name="recheck_claim_decision"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cause", "recheck_date"),
                                    models.Q(
                                        models.Q(("note", ""), _negated=True),
                                        ("opened_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="recheck_says_what_is_wrong",
                                violation_error_message="Say what is wrong.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "decision__in",
                                        ["pending", "unaffected", "corrected", "retracted"],
                                    )
                                ),
                                name="recheck_decision_known",
                                violation_error_message="Choose unaffected, corrected or retracted.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decision", "pending"),
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("reason", ""),
                                    ),
                                    models.Q(
                                        models.Q(("decision", "pending"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="recheck_decided_by_a_person",
                                violation_error_message="A decided recheck needs a person and a time.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "unaffected"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="recheck_unaffected_with_a_reason",
                                violation_error_message="Say why the verdict is unaffected.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("cause", "recheck_date"),
                                        ("decision", "unaffected"),
                                        ("next_recheck_date__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("cause", "recheck_date"),
                                            ("decision", "unaffected"),
                                            _negated=True,
                                        ),
                                        ("next_recheck_date__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="recheck_next_date_of_recheck_date",
                                violation_error_message="A verdict that is still true needs its next recheck date.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("decision", "pending"), ("cause", "recheck_date")
                                ),
                                fields=("claim",),
                                name="recheck_pending_date_once",
                                violation_error_message="This verdict already has an open recheck.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("claim", "link"),
                                name="recheck_pending_link_once",
                                violation_error_message="This verdict already has an open recheck for this cause.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("claim", "article"),
                                name="recheck_pending_article_once",
                                violation_error_message="This verdict already has an open recheck for this cause.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("claim", "cause_verdict"),
                                name="recheck_pending_cause_verdict_once",
                                violation_error_message="This verdict already has an open recheck for this cause.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("article__isnull", True),
                                        ("cause", "recheck_date"),
                                        ("cause_verdict__isnull", True),
                                        ("link__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("cause", "link"),
                                        ("cause_verdict__isnull", True),
                                        ("link__isnull", False),
                                    ),
                                    models.Q(
                                        ("article__isnull", False),
                                        ("cause", "article"),
                                        ("cause_verdict__isnull", True),
                                        ("link__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("cause", "verdict"),
                                        ("cause_verdict__isnull", False),
                                        ("link__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("cause", "reader"),
                                        ("cause_verdict__isnull", True),
                                        ("link__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="recheck_of_its_cause",
                                violation_error_message="A recheck needs the one source, article or verdict that caused it.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending"), ("cause", "reader")),
                                fields=("claim",),
                                name="recheck_pending_reader_once",
                                violation_error_message="This verdict already has an open recheck.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Repetition",
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
                            "claimant_name",
                            models.CharField(
                                editable=False,
                                help_text="The name that two people checked. A claimant may be renamed later.",
                                max_length=200,
                            ),
                        ),
                        ("stated_date", models.DateField(verbose_name="date")),
                        (
                            "words",
                            models.TextField(
                                help_text="The claim as worded this time.", max_length=2000
                            ),
                        ),
                        (
                            "appearance_url",
                            models.CharField(max_length=2000, verbose_name="appearance (URL)"),
                        ),
                        ("added_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawal_reason", models.CharField(blank=True, max_length=500)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repetitions",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "claimant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repetitions",
                                to="sources.claimant",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["stated_date", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(("appearance_url", ""), _negated=True),
                                ),
                                name="repetition_has_words_and_url",
                                violation_error_message="Enter the wording and the URL of the appearance.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confirmed_at__isnull", True),
                                        ("confirmed_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                        models.Q(
                                            ("confirmed_by", models.F("added_by")), _negated=True
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="repetition_confirmed_by_another",
                                violation_error_message="A repetition must be confirmed by somebody other than the person who added it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawal_reason", ""),
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        ("withdrawn_by__isnull", False),
                                        models.Q(("withdrawal_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="repetition_withdrawn_with_a_reason",
                                violation_error_message="Say why the repetition is withdrawn.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReplyRequest",
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
                        ("number", models.PositiveIntegerField()),
                        (
                            "person",
                            models.CharField(
                                help_text="Who was asked, as published: a name, or “the press office”.",
                                max_length=200,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("email", "email"),
                                    ("phone", "phone"),
                                    ("letter", "letter"),
                                    ("message", "direct message"),
                                    ("in_person", "in person"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("question", models.TextField(blank=True, max_length=5000)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("deadline_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("open", "awaiting reply"),
                                    ("answered", "answered"),
                                    ("no_reply", "no reply"),
                                    ("not_possible", "contact not possible"),
                                ],
                                default="open",
                                max_length=16,
                            ),
                        ),
                        ("answer", models.TextField(blank=True, max_length=10000)),
                        (
                            "reason",
                            models.TextField(
                                blank=True,
                                help_text="Why contact was not possible.",
                                max_length=2000,
                            ),
                        ),
                        (
                            "outcome_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the reply came or the deadline passed.",
                                null=True,
                            ),
                        ),
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
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reply_requests",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "claimant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sources.claimant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reply request",
                        "ordering": ["claim", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "number"),
                                name="replyrequest_number",
                                violation_error_message="Somebody else added a reply request first. Try again.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "outcome__in",
                                        ["open", "answered", "no_reply", "not_possible"],
                                    )
                                ),
                                name="replyrequest_outcome_known",
                                violation_error_message="Choose an outcome.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("person", ""), _negated=True),
                                name="replyrequest_asks_somebody",
                                violation_error_message="Enter who was asked.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome", "not_possible"),
                                    models.Q(
                                        ("deadline_at__isnull", False),
                                        ("sent_at__isnull", False),
                                        models.Q(("question", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="replyrequest_was_sent",
                                violation_error_message="Enter the question, when it was sent and the deadline.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deadline_at__isnull", True),
                                    ("deadline_at__gt", models.F("sent_at")),
                                    _connector="OR",
                                ),
                                name="replyrequest_deadline_after_sent",
                                violation_error_message="The deadline must be after the time of sending.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "open"), ("outcome_at__isnull", True)),
                                    models.Q(
                                        models.Q(("outcome", "open"), _negated=True),
                                        ("outcome_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="replyrequest_settled_once_over",
                                violation_error_message="An outcome needs its time, and only an outcome has one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("outcome", "answered"),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("outcome", "answered"), _negated=True),
                                        ("answer", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="replyrequest_answered_in_words",
                                violation_error_message="Enter the reply, and only for the outcome “answered”.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "no_reply"), _negated=True),
                                    ("outcome_at__gte", models.F("deadline_at")),
                                    _connector="OR",
                                ),
                                name="replyrequest_silent_past_deadline",
                                violation_error_message="“No reply” is possible only after the deadline.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "not_possible"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="replyrequest_not_possible_with_reason",
                                violation_error_message="Say why contact was not possible.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScheduledPublication",
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
                        (
                            "content_hash",
                            models.CharField(
                                help_text="Hash of the content to publish. Nothing else is published.",
                                max_length=64,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "zone",
                            models.CharField(
                                help_text="Time zone of the desk when the time was chosen.",
                                max_length=64,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_with",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("assign", "Assign"),
                                    ("take", "Take (assign to me)"),
                                    ("reassign", "Reassign"),
                                    ("release", "Release"),
                                    ("submit", "Sign and submit"),
                                    ("sign", "Sign again"),
                                    ("request_changes", "Request changes"),
                                    ("approve", "Approve"),
                                    ("publish", "Publish"),
                                    ("approve_and_publish", "Approve and publish"),
                                    ("schedule", "Schedule"),
                                    ("cancel_schedule", "Cancel schedule"),
                                    ("confirm_night_work", "Confirm night work"),
                                    ("recall", "Recall"),
                                    ("decline", "Decline"),
                                    ("reopen", "Reopen"),
                                    ("hold", "Put on hold"),
                                    ("resume", "Resume"),
                                    ("correct", "Correct"),
                                    ("drop_correction", "Drop correction"),
                                    ("retract", "Retract"),
                                    ("confirm_retraction", "Confirm retraction"),
                                    ("merge", "Merge"),
                                    ("unmerge", "Unmerge"),
                                ],
                                help_text="The action that ended it.",
                                max_length=24,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="schedules",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="schedules",
                                to="claims.verdict",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["claim", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("claim",),
                                name="schedule_one_active",
                                violation_error_message="This claim already has a scheduled publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True),
                                        ("ended_by__isnull", True),
                                        ("ended_with", ""),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                        ("next_attempt_at__isnull", True),
                                        models.Q(("ended_with", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="schedule_ended_by_an_action",
                                violation_error_message="An ended schedule needs a person and an action, and is no longer due.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_attempt_at__isnull", True),
                                    ("next_attempt_at__gte", models.F("at")),
                                    _connector="OR",
                                ),
                                name="schedule_never_early",
                                violation_error_message="A scheduled publication cannot be due before its time.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceChange",
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
                            "quote_state",
                            models.CharField(
                                choices=[
                                    ("no_quote", "no quote"),
                                    ("unchecked", "quote not checked"),
                                    ("found", "quote found"),
                                    ("not_found", "quote not found"),
                                ],
                                max_length=16,
                                verbose_name="quote in the new text",
                            ),
                        ),
                        ("noticed_at", models.DateTimeField()),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pending", "to review"),
                                    ("still_supports", "still supports"),
                                    ("edited", "evidence edited"),
                                    ("withdrawn", "evidence withdrawn"),
                                    ("reverted", "original text restored"),
                                    ("changed_again", "changed again"),
                                ],
                                default="pending",
                                max_length=16,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("note", models.TextField(blank=True, max_length=2000)),
                        (
                            "after",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sources.capture",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sources.capture",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="claims.evidence",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "source change",
                        "ordering": ["-noticed_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("before", models.F("after")), _negated=True),
                                name="sourcechange_between_two_texts",
                                violation_error_message="A source change needs two different captures.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "decision__in",
                                        [
                                            "pending",
                                            "still_supports",
                                            "edited",
                                            "withdrawn",
                                            "reverted",
                                            "changed_again",
                                        ],
                                    )
                                ),
                                name="sourcechange_decision_known",
                                violation_error_message="Unknown decision on a source change.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decision", "pending"),
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("decision__in", ("reverted", "changed_again")),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("decision", "pending"), _negated=True),
                                        models.Q(
                                            ("decision__in", ("reverted", "changed_again")),
                                            _negated=True,
                                        ),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="sourcechange_decided_by_a_person",
                                violation_error_message="A decided source change needs a person and a time.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("decision", "pending")),
                                fields=("evidence",),
                                name="sourcechange_pending_once",
                                violation_error_message="This evidence already has an open source change.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Suggestion",
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
                        ("fingerprint", models.CharField(max_length=64)),
                        (
                            "part",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="Position of the article on its page, counted from 0.",
                            ),
                        ),
                        (
                            "rank",
                            models.PositiveIntegerField(
                                help_text="Rank among the suggestions of its part, best first."
                            ),
                        ),
                        ("start", models.PositiveIntegerField()),
                        ("end", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("score", models.DecimalField(decimal_places=4, max_digits=5)),
                        ("reasons", models.JSONField(default=list)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("direct", "direct"),
                                    ("indirect", "indirect"),
                                    ("mixed", "mixed"),
                                    ("none", "none"),
                                    ("declined", "declined to comment"),
                                ],
                                default="none",
                                max_length=8,
                            ),
                        ),
                        ("speaker", models.CharField(blank=True, max_length=300)),
                        (
                            "details",
                            models.JSONField(
                                default=dict,
                                help_text="Speaker span, cue, chain, quantities and dates as extracted.",
                            ),
                        ),
                        ("language", models.CharField(blank=True, max_length=16)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("already_checked", "already checked"),
                                ],
                                default="proposed",
                                max_length=16,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "decline_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("uncheckable", "cannot be checked"),
                                    ("opinion", "opinion"),
                                    ("trivial", "trivial"),
                                    ("duplicate", "duplicate"),
                                    ("out_of_scope", "out of scope"),
                                    ("no_capacity", "no capacity"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestions",
                                to="sources.article",
                            ),
                        ),
                        (
                            "checked_in",
                            models.ForeignKey(
                                blank=True,
                                help_text="The claim in which it was already checked.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repeated_in",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "finished_article",
                            models.ForeignKey(
                                blank=True,
                                help_text="Where it was passed over. It may still be decided later.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestions",
                                to="claims.finishedarticle",
                            ),
                        ),
                        (
                            "extraction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestions",
                                to="claims.extraction",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suggestions",
                                to="sources.articleversion",
                            ),
                        ),
                        ("chosen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who chose the span, where no extractor did.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_with",
                            models.ForeignKey(
                                blank=True,
                                help_text="The near-duplicate on whose card it was decided.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decided_along",
                                to="claims.suggestion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["part", "rank", "pk"],
                        "indexes": [
                            models.Index(fields=["-score", "id"], name="suggestion_by_score"),
                            models.Index(
                                condition=models.Q(
                                    ("finished_article", None), ("state", "proposed")
                                ),
                                fields=["article"],
                                name="suggestion_undecided",
                            ),
                            models.Index(
                                fields=[
                                    "article",
                                    "extraction",
                                    "state",
                                    "score",
                                    "finished_article",
                                ],
                                name="suggestion_counted",
                            ),
                            models.Index(
                                fields=["id", "article", "score"], name="suggestion_found"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "fingerprint"),
                                name="suggestion_once",
                                violation_error_message="The article already has this suggestion.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("end__gt", models.F("start")),
                                    models.Q(("text", ""), _negated=True),
                                ),
                                name="suggestion_span_fits",
                                violation_error_message="A suggestion marks a span with text in it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "proposed"),
                                    models.Q(
                                        ("decided_at__isnull", False), ("decided_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="suggestion_decided_by_a_person",
                                violation_error_message="Only a person decides a suggestion.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("decline_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="suggestion_declined_with_reason",
                                violation_error_message="Choose a reason for declining.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "decline_reason__in",
                                        (
                                            "",
                                            "uncheckable",
                                            "opinion",
                                            "trivial",
                                            "duplicate",
                                            "out_of_scope",
                                            "no_capacity",
                                        ),
                                    )
                                ),
                                name="suggestion_decline_reason_known",
                                violation_error_message="Choose a reason from the list.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("checked_in__isnull", False), ("state", "already_checked")
                                    ),
                                    models.Q(
                                        models.Q(("state", "already_checked"), _negated=True),
                                        ("checked_in__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="suggestion_already_checked_names_claim",
                                violation_error_message="Choose the claim in which it was already checked.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("score__gte", 0), ("score__lte", 1)),
                                name="suggestion_score_range",
                                violation_error_message="A score must be between 0 and 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("chosen_at__isnull", True),
                                        ("chosen_by__isnull", True),
                                        ("extraction__isnull", False),
                                    ),
                                    models.Q(
                                        ("chosen_at__isnull", False),
                                        ("chosen_by__isnull", False),
                                        ("extraction__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="suggestion_extracted_or_chosen",
                                violation_error_message="A suggestion comes from an extractor or from a person, not from both.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Topic",
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
                        ("name", models.CharField(max_length=80)),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="topics",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("desk", "name"),
                                name="topic_once",
                                violation_error_message="The desk already has this topic.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="topic_has_name",
                                violation_error_message="Enter a name for the topic.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transition",
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
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("assign", "Assign"),
                                    ("take", "Take (assign to me)"),
                                    ("reassign", "Reassign"),
                                    ("release", "Release"),
                                    ("submit", "Sign and submit"),
                                    ("sign", "Sign again"),
                                    ("request_changes", "Request changes"),
                                    ("approve", "Approve"),
                                    ("publish", "Publish"),
                                    ("approve_and_publish", "Approve and publish"),
                                    ("schedule", "Schedule"),
                                    ("cancel_schedule", "Cancel schedule"),
                                    ("confirm_night_work", "Confirm night work"),
                                    ("recall", "Recall"),
                                    ("decline", "Decline"),
                                    ("reopen", "Reopen"),
                                    ("hold", "Put on hold"),
                                    ("resume", "Resume"),
                                    ("correct", "Correct"),
                                    ("drop_correction", "Drop correction"),
                                    ("retract", "Retract"),
                                    ("confirm_retraction", "Confirm retraction"),
                                    ("merge", "Merge"),
                                    ("unmerge", "Unmerge"),
                                ],
                                max_length=24,
                            ),
                        ),
                        (
                            "from_status",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("in_progress", "in progress"),
                                    ("in_review", "in review"),
                                    ("approved", "approved"),
                                    ("published", "published"),
                                    ("on_hold", "on hold"),
                                    ("declined", "declined"),
                                    ("retracted", "retracted"),
                                    ("merged", "merged"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "to_status",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("in_progress", "in progress"),
                                    ("in_review", "in review"),
                                    ("approved", "approved"),
                                    ("published", "published"),
                                    ("on_hold", "on hold"),
                                    ("declined", "declined"),
                                    ("retracted", "retracted"),
                                    ("merged", "merged"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("note", models.TextField(blank=True)),
                        ("data", models.JSONField(default=dict)),
                        (
                            "content_hash",
                            models.CharField(
                                blank=True,
                                help_text="Hash of the content that this action signed or published.",
                                max_length=64,
                            ),
                        ),
                        ("entry_point", models.CharField(max_length=16)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transitions",
                                to="claims.claim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["claim", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "number"),
                                name="transition_number",
                                violation_error_message="Somebody else acted first. Reload and try again.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verdict",
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
                        ("number", models.PositiveIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("working", "working"),
                                    ("approved", "approved"),
                                    ("published", "published"),
                                    ("superseded", "superseded"),
                                    ("dropped", "dropped"),
                                    ("retracted", "retracted"),
                                ],
                                default="working",
                                max_length=16,
                            ),
                        ),
                        (
                            "quote_accuracy",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accurate", "accurate"),
                                    ("paraphrased", "paraphrased"),
                                    ("not_said", "not said by the claimant"),
                                    ("not_established", "not established"),
                                ],
                                max_length=16,
                                verbose_name="quote accuracy",
                            ),
                        ),
                        ("short_answer", models.CharField(blank=True, max_length=240)),
                        ("explanation", models.TextField(blank=True, max_length=50000)),
                        (
                            "sole_source",
                            models.BooleanField(
                                default=False,
                                help_text="It rests on one source that decides the question by itself.",
                                verbose_name="single authoritative source",
                            ),
                        ),
                        (
                            "as_of_date",
                            models.DateField(
                                blank=True, help_text="The day the finding refers to.", null=True
                            ),
                        ),
                        (
                            "recheck_date",
                            models.DateField(
                                blank=True,
                                help_text="The day by which the verdict is due for a recheck.",
                                null=True,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("correction", "Correction"),
                                    ("clarification", "Clarification"),
                                    ("update", "Update"),
                                    ("typo", "Typo"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("what_was_wrong", models.TextField(blank=True, max_length=2000)),
                        (
                            "meanwhile",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("under_review", "the page, marked “under review”"),
                                    ("withheld", "a notice that the verdict is withheld"),
                                    ("unchanged", "the page unchanged"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(
                                blank=True, help_text="When the correction was opened.", null=True
                            ),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When it was superseded or dropped.",
                                null=True,
                            ),
                        ),
                        ("content", models.TextField(blank=True)),
                        ("content_hash", models.CharField(blank=True, max_length=64)),
                        ("author_hash", models.CharField(blank=True, max_length=64)),
                        ("author_signed_at", models.DateTimeField(blank=True, null=True)),
                        ("approver_hash", models.CharField(blank=True, max_length=64)),
                        ("approver_signed_at", models.DateTimeField(blank=True, null=True)),
                        ("sources_needed", models.PositiveSmallIntegerField(default=0)),
                        ("independent_sources", models.PositiveSmallIntegerField(default=0)),
                        (
                            "by_night",
                            models.BooleanField(
                                default=False,
                                help_text="Signed by two checkers while no editor was on duty.",
                            ),
                        ),
                        (
                            "night_confirmed_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When an editor confirmed the night work.",
                                null=True,
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "first_published_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="When the first version was published.",
                                null=True,
                            ),
                        ),
                        ("retracted_at", models.DateTimeField(blank=True, null=True)),
                        ("retraction_reason", models.TextField(blank=True)),
                        ("retraction_confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "approver",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approved_verdicts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="authored_verdicts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verdicts",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "claimant_before",
                            models.ForeignKey(
                                blank=True,
                                help_text="The claimant when the correction was opened.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sources.claimant",
                            ),
                        ),
                        (
                            "corrects",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="claims.verdict",
                            ),
                        ),
                        (
                            "methodology",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verdicts",
                                to="claims.methodology",
                            ),
                        ),
                        (
                            "night_confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verdicts",
                                to="claims.rating",
                            ),
                        ),
                        (
                            "retracted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "retraction_confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "evidence_waiver",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verdicts",
                                to="claims.waiver",
                            ),
                        ),
                        (
                            "authenticity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("DecontextualizedContent", "shown out of context"),
                                    ("EditedOrCroppedContent", "edited or cropped"),
                                    ("OriginalMediaContent", "original, unaltered"),
                                    ("SatireOrParodyContent", "satire or parody"),
                                    ("StagedContent", "staged"),
                                    ("TransformedContent", "altered or artificially made"),
                                ],
                                db_default="",
                                default="",
                                max_length=24,
                                verbose_name="authenticity",
                            ),
                        ),
                        (
                            "media_context",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=1000,
                                verbose_name="what it shows",
                            ),
                        ),
                        (
                            "media_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("image", "picture"),
                                    ("video", "video"),
                                    ("audio", "sound recording"),
                                ],
                                db_default="",
                                default="",
                                max_length=8,
                                verbose_name="media",
                            ),
                        ),
                        (
                            "media_original",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=2000,
                                verbose_name="original (URL)",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-published_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["recheck_date"],
                                name="verdict_recheck_date",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("by_night", True), ("night_confirmed_at", None)
                                ),
                                fields=["claim"],
                                name="verdict_night_unconfirmed",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("retraction_confirmed_at", None), ("state", "retracted")
                                ),
                                fields=["claim"],
                                name="verdict_retraction_waiting",
                            ),
                            models.Index(
                                fields=["meanwhile", "corrects"], name="verdict_meanwhile"
                            ),
                            models.Index(fields=["published_at"], name="verdict_published_at"),
                            models.Index(fields=["retracted_at"], name="verdict_retracted_at"),
                            models.Index(fields=["opened_at"], name="verdict_opened_at"),
                            models.Index(fields=["closed_at"], name="verdict_closed_at"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("as_of_date__isnull", True),
                                    ("recheck_date__isnull", True),
                                    ("recheck_date__gte", models.F("as_of_date")),
                                    _connector="OR",
                                ),
                                name="verdict_rechecked_after_as_of_date",
                                violation_error_message="The recheck date must not be before the as-of date.",
                            ),
                            models.UniqueConstraint(
                                fields=("claim", "number"),
                                name="verdict_number",
                                violation_error_message="Another version has this number. Reload and try again.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("working", "approved"))),
                                fields=("claim",),
                                name="verdict_one_working",
                                violation_error_message="The claim already has a working verdict.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "published")),
                                fields=("claim",),
                                name="verdict_one_published",
                                violation_error_message="The claim already has a published verdict.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "working",
                                            "approved",
                                            "published",
                                            "superseded",
                                            "dropped",
                                            "retracted",
                                        ],
                                    )
                                ),
                                name="verdict_state_known",
                                violation_error_message="Unknown state of a verdict.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "quote_accuracy__in",
                                        (
                                            "",
                                            "accurate",
                                            "paraphrased",
                                            "not_said",
                                            "not_established",
                                        ),
                                    )
                                ),
                                name="verdict_quote_accuracy_known",
                                violation_error_message="Choose one of the four quote accuracies.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            ("approved", "published", "superseded", "retracted"),
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("approver__isnull", False),
                                        ("author__isnull", False),
                                        models.Q(("author", models.F("approver")), _negated=True),
                                        models.Q(("content_hash", ""), _negated=True),
                                        ("approver_hash", models.F("content_hash")),
                                        ("author_hash", models.F("content_hash")),
                                    ),
                                    _connector="OR",
                                ),
                                name="verdict_two_people",
                                violation_error_message="An approved verdict needs two people's signatures on the same content.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            ("approved", "published", "superseded", "retracted"),
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("evidence_waiver__isnull", True),
                                        ("independent_sources", 1),
                                        ("sole_source", True),
                                        ("sources_needed__gte", 1),
                                    ),
                                    models.Q(
                                        ("evidence_waiver__isnull", True),
                                        ("independent_sources__gte", models.F("sources_needed")),
                                        ("sole_source", False),
                                        ("sources_needed__gte", 1),
                                    ),
                                    models.Q(
                                        ("evidence_waiver__isnull", False),
                                        ("independent_sources__lt", models.F("sources_needed")),
                                        ("sole_source", False),
                                        ("sources_needed__gte", 1),
                                    ),
                                    _connector="OR",
                                ),
                                name="verdict_evidence_gate",
                                violation_error_message="An approved verdict needs enough independent sources, a single authoritative source, or a waiver.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "state__in",
                                            ("approved", "published", "superseded", "retracted"),
                                        ),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("rating__isnull", False),
                                        models.Q(("short_answer", ""), _negated=True),
                                        models.Q(("explanation", ""), _negated=True),
                                        models.Q(("content", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="verdict_complete",
                                violation_error_message="An approved verdict needs a rating, a short answer and an explanation.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("published", "superseded", "retracted")),
                                        _negated=True,
                                    ),
                                    models.Q(
                                        ("first_published_at__isnull", False),
                                        ("published_at__isnull", False),
                                        ("published_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="verdict_published_at_a_time",
                                violation_error_message="A published verdict needs a person and a time of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "retracted"), _negated=True),
                                    models.Q(
                                        ("retracted_at__isnull", False),
                                        ("retracted_by__isnull", False),
                                        models.Q(("retraction_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="verdict_retracted_with_reason",
                                violation_error_message="A retraction needs a person, a time and a reason.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("retraction_confirmed_at__isnull", True),
                                        ("retraction_confirmed_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("retraction_confirmed_at__isnull", False),
                                        ("retraction_confirmed_by__isnull", False),
                                        ("state", "retracted"),
                                        models.Q(
                                            ("retraction_confirmed_by", models.F("retracted_by")),
                                            _negated=True,
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="verdict_retraction_confirmed_by_another",
                                violation_error_message="A retraction must be confirmed by another editor.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("night_confirmed_at__isnull", True),
                                        ("night_confirmed_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("by_night", True),
                                        ("night_confirmed_at__isnull", False),
                                        ("night_confirmed_by__isnull", False),
                                        models.Q(
                                            ("night_confirmed_by", models.F("author")),
                                            _negated=True,
                                        ),
                                        models.Q(
                                            ("night_confirmed_by", models.F("approver")),
                                            _negated=True,
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="verdict_night_confirmed_by_another",
                                violation_error_message="Night work must be confirmed by an editor who did not sign it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("category", ""),
                                        ("corrects__isnull", True),
                                        ("meanwhile", ""),
                                        ("opened_at__isnull", True),
                                        ("what_was_wrong", ""),
                                    ),
                                    models.Q(
                                        (
                                            "category__in",
                                            ["correction", "clarification", "update", "typo"],
                                        ),
                                        ("corrects__isnull", False),
                                        (
                                            "meanwhile__in",
                                            ["under_review", "withheld", "unchanged"],
                                        ),
                                        ("opened_at__isnull", False),
                                        models.Q(("what_was_wrong", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="verdict_correction_complete",
                                violation_error_message="A correction needs the version it corrects, its category, what was wrong and what readers see meanwhile.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("state__in", ("superseded", "dropped")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("superseded", "dropped")), _negated=True
                                        ),
                                        ("closed_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="verdict_closed_at_a_time",
                                violation_error_message="A superseded or dropped version needs the time it was closed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("authenticity", ""),
                                        ("media_context", ""),
                                        ("media_kind", ""),
                                        ("media_original", ""),
                                    ),
                                    models.Q(
                                        (
                                            "authenticity__in",
                                            [
                                                "DecontextualizedContent",
                                                "EditedOrCroppedContent",
                                                "OriginalMediaContent",
                                                "SatireOrParodyContent",
                                                "StagedContent",
                                                "TransformedContent",
                                            ],
                                        ),
                                        ("media_kind__in", ["image", "video", "audio"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="verdict_media_whole",
                                violation_error_message="Choose both what the claim is about and how authentic it is, or leave all four fields of the recording empty.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VerdictRevision",
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
                        (
                            "quote_accuracy",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accurate", "accurate"),
                                    ("paraphrased", "paraphrased"),
                                    ("not_said", "not said by the claimant"),
                                    ("not_established", "not established"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("short_answer", models.CharField(blank=True, max_length=240)),
                        ("explanation", models.TextField(blank=True)),
                        ("sole_source", models.BooleanField(default=False)),
                        ("as_of_date", models.DateField(blank=True, null=True)),
                        ("recheck_date", models.DateField(blank=True, null=True)),
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
                            "rating",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.rating",
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="claims.verdict",
                            ),
                        ),
                        (
                            "authenticity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("DecontextualizedContent", "shown out of context"),
                                    ("EditedOrCroppedContent", "edited or cropped"),
                                    ("OriginalMediaContent", "original, unaltered"),
                                    ("SatireOrParodyContent", "satire or parody"),
                                    ("StagedContent", "staged"),
                                    ("TransformedContent", "altered or artificially made"),
                                ],
                                db_default="",
                                default="",
                                max_length=24,
                                verbose_name="authenticity",
                            ),
                        ),
                        (
                            "media_context",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=1000,
                                verbose_name="what it shows",
                            ),
                        ),
                        (
                            "media_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("image", "picture"),
                                    ("video", "video"),
                                    ("audio", "sound recording"),
                                ],
                                db_default="",
                                default="",
                                max_length=8,
                                verbose_name="media",
                            ),
                        ),
                        (
                            "media_original",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=2000,
                                verbose_name="original (URL)",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["verdict", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("verdict", "number"),
                                name="verdictrevision_number",
                                violation_error_message="Somebody else saved first. Reload and try again.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Waiver",
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
                                    ("evidence", "source requirement"),
                                    ("quote", "quote not found"),
                                    ("interest", "conflict of interest"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("reason", models.TextField(max_length=2000)),
                        ("at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waivers",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waivers",
                                to="claims.evidence",
                            ),
                        ),
                        (
                            "interest",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waivers",
                                to="claims.interest",
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["claim", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("evidence__isnull", True),
                                        ("interest__isnull", True),
                                        ("kind", "evidence"),
                                    ),
                                    models.Q(
                                        ("evidence__isnull", False),
                                        ("interest__isnull", True),
                                        ("kind", "quote"),
                                    ),
                                    models.Q(
                                        ("evidence__isnull", True),
                                        ("interest__isnull", False),
                                        ("kind", "interest"),
                                    ),
                                    _connector="OR",
                                ),
                                name="waiver_of_a_gate",
                                violation_error_message="A waiver is of the source requirement, one quote or one conflict of interest.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="waiver_with_a_reason",
                                violation_error_message="Enter a reason. It is published.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("revoked_at__isnull", True), ("revoked_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("revoked_at__isnull", False), ("revoked_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="waiver_revoked_by_a_person",
                                violation_error_message="A revoked waiver needs a person and a time.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind", "evidence"), ("revoked_at__isnull", True)
                                ),
                                fields=("claim",),
                                name="waiver_evidence_once",
                                violation_error_message="The source requirement of this claim is already waived.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("evidence",),
                                name="waiver_quote_once",
                                violation_error_message="This quote is already waived.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind", "interest"), ("revoked_at__isnull", True)
                                ),
                                fields=("claim", "interest"),
                                name="waiver_interest_once",
                                violation_error_message="This conflict of interest is already waived.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceReadRequest",
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
                        ("reason", models.TextField(max_length=500)),
                        ("at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "identity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="read_requests",
                                to="claims.confidentialidentity",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    models.Q(("confirmed_by", models.F("by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="sourcereadrequest_by_two",
                                violation_error_message="Another person must confirm the request.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="sourcereadrequest_with_a_reason",
                                violation_error_message="Enter a reason.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confirmed_at__isnull", True),
                                        ("confirmed_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("confirmed_at__lt", models.F("expires_at")),
                                        ("confirmed_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="sourcereadrequest_confirmed_at_a_time",
                                violation_error_message="The request has expired.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceRead",
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
                        ("reason", models.TextField(max_length=500)),
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
                            "identity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reads",
                                to="claims.confidentialidentity",
                            ),
                        ),
                        (
                            "request",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="read",
                                to="claims.sourcereadrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="sourceread_with_a_reason",
                                violation_error_message="Enter a reason.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceGrant",
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
                        ("reason", models.TextField(max_length=500)),
                        ("at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "identity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="claims.confidentialidentity",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("by")), _negated=True),
                                name="sourcegrant_to_another",
                                violation_error_message="Nobody gives themselves access to a source.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="sourcegrant_with_a_reason",
                                violation_error_message="Enter a reason.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("at"))),
                                name="sourcegrant_ends_later",
                                violation_error_message="Access must end after it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("revoked_at__isnull", True), ("revoked_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("revoked_at__isnull", False), ("revoked_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="sourcegrant_revoked_by_a_person",
                                violation_error_message="Access is revoked by a person, at a time.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulkChange",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("assign", "Assign"),
                                    ("decline", "Decline"),
                                    ("hold", "Put on hold"),
                                    ("deadline", "Set deadline"),
                                    ("priority", "Set priority"),
                                    ("topic", "Set topic"),
                                    ("check_links", "Check links"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("data", models.JSONField(default=dict)),
                        ("made_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "undoes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undone_by",
                                to="claims.bulkchange",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "assign",
                                            "decline",
                                            "hold",
                                            "deadline",
                                            "priority",
                                            "topic",
                                            "check_links",
                                        ],
                                    )
                                ),
                                name="bulkchange_kind_known",
                                violation_error_message="Choose one of the listed changes.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulkItem",
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
                        ("version", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("done", "done"),
                                    ("refused", "refused"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="claims.bulkchange",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.claim",
                            ),
                        ),
                        ("before", models.JSONField(db_default={}, default=dict)),
                        ("version_after", models.PositiveIntegerField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("change", "claim"),
                                name="bulkitem_once",
                                violation_error_message="A claim is changed once.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["waiting", "done", "refused"]),
                                    models.Q(
                                        models.Q(("state", "refused"), _negated=True),
                                        models.Q(("reason", ""), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="bulkitem_refused_with_reason",
                                violation_error_message="A refusal needs its reason.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeskChannel",
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
                            "service",
                            models.CharField(
                                choices=[("slack", "Slack"), ("teams", "Teams")], max_length=8
                            ),
                        ),
                        (
                            "address",
                            factcheck.ledger.encryption.EncryptedTextField(
                                max_length=2000, verbose_name="webhook URL"
                            ),
                        ),
                        ("kinds", models.JSONField(default=list, verbose_name="what is posted")),
                        ("active", models.BooleanField(default=True)),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="channels",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "channel",
                        "ordering": ["desk", "service"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("desk", "service"),
                                name="deskchannel_once",
                                violation_error_message="The desk already has a channel of this service.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("service__in", ["slack", "teams"])),
                                name="deskchannel_service_known",
                                violation_error_message="Choose Slack or Teams.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChannelPost",
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
                        ("sending_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("assigned", "A claim is assigned to me"),
                                    ("mention", "A query mentions me"),
                                    ("query", "A query on a claim of mine"),
                                    ("changes", "Changes are requested"),
                                    ("signature", "A signature is wanted"),
                                    ("deadline_near", "A deadline is near"),
                                    ("deadline_missed", "A deadline is missed"),
                                    ("source_changed", "A cited source changed"),
                                    ("source_dead", "A cited source is gone"),
                                    ("recheck", "A recheck is due"),
                                    ("schedule_failed", "A scheduled publication failed"),
                                    ("watched", "A claim I watch moves on"),
                                    ("tip", "A reader sends something in"),
                                    ("repeated", "A published claim is repeated"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("event", models.CharField(max_length=80)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("made_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "transition",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.transition",
                            ),
                        ),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="claims.deskchannel",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("channel", "event"),
                                name="channelpost_once",
                                violation_error_message="This event is posted there already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notification",
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
                                    ("assigned", "A claim is assigned to me"),
                                    ("mention", "A query mentions me"),
                                    ("query", "A query on a claim of mine"),
                                    ("changes", "Changes are requested"),
                                    ("signature", "A signature is wanted"),
                                    ("deadline_near", "A deadline is near"),
                                    ("deadline_missed", "A deadline is missed"),
                                    ("source_changed", "A cited source changed"),
                                    ("source_dead", "A cited source is gone"),
                                    ("recheck", "A recheck is due"),
                                    ("schedule_failed", "A scheduled publication failed"),
                                    ("watched", "A claim I watch moves on"),
                                    ("tip", "A reader sends something in"),
                                    ("repeated", "A published claim is repeated"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("event", models.CharField(max_length=80)),
                        ("at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(null=True)),
                        ("read_at", models.DateTimeField(null=True)),
                        (
                            "delivery",
                            models.CharField(
                                choices=[
                                    ("at_once", "At once"),
                                    ("digest", "Daily digest"),
                                    ("off", "Off"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("mailed_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "query",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.query",
                            ),
                        ),
                        (
                            "transition",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.transition",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "tip",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.tip",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["user", "-id"], name="notification_of_user"),
                            models.Index(
                                condition=models.Q(("delivery", "digest"), ("mailed_at", None)),
                                fields=["user"],
                                name="notification_for_digest",
                            ),
                            models.Index(
                                condition=models.Q(("read_at", None)),
                                fields=["user"],
                                name="notification_unread",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "event"),
                                name="notification_once",
                                violation_error_message="This person is told of it already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("delivery__in", ["at_once", "digest", "off"])),
                                name="notification_delivery_known",
                                violation_error_message="Choose at once, daily digest or off.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("claim__isnull", False), ("tip__isnull", True)),
                                    models.Q(
                                        ("claim__isnull", True),
                                        ("kind", "tip"),
                                        ("tip__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="notification_of_claim_or_tip",
                                violation_error_message="A notification is about a claim or about a tip.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "assigned",
                                            "mention",
                                            "query",
                                            "changes",
                                            "signature",
                                            "deadline_near",
                                            "deadline_missed",
                                            "source_changed",
                                            "source_dead",
                                            "recheck",
                                            "schedule_failed",
                                            "watched",
                                            "tip",
                                            "repeated",
                                        ],
                                    )
                                ),
                                name="notification_kind_known",
                                violation_error_message="Unknown kind of notification.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NotificationSetting",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("assigned", "A claim is assigned to me"),
                                    ("mention", "A query mentions me"),
                                    ("query", "A query on a claim of mine"),
                                    ("changes", "Changes are requested"),
                                    ("signature", "A signature is wanted"),
                                    ("deadline_near", "A deadline is near"),
                                    ("deadline_missed", "A deadline is missed"),
                                    ("source_changed", "A cited source changed"),
                                    ("source_dead", "A cited source is gone"),
                                    ("recheck", "A recheck is due"),
                                    ("schedule_failed", "A scheduled publication failed"),
                                    ("watched", "A claim I watch moves on"),
                                    ("tip", "A reader sends something in"),
                                    ("repeated", "A published claim is repeated"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "delivery",
                            models.CharField(
                                choices=[
                                    ("at_once", "At once"),
                                    ("digest", "Daily digest"),
                                    ("off", "Off"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "kind"),
                                name="notificationsetting_once",
                                violation_error_message="This kind is set already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("delivery__in", ["at_once", "digest", "off"])),
                                name="notificationsetting_delivery_known",
                                violation_error_message="Choose at once, daily digest or off.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Watch",
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
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="watches",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "claim"),
                                name="watch_once",
                                violation_error_message="You watch this claim already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClaimTag",
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
                        ("name", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=120)),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tags",
                                to="claims.claim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["key", "pk"],
                        "indexes": [models.Index(fields=["key"], name="claimtag_key")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "key"),
                                name="claimtag_once",
                                violation_error_message="The claim has this tag already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("key", ""), _negated=True),
                                ),
                                name="claimtag_has_name",
                                violation_error_message="Enter a tag.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignedContent",
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
                        ("hash", models.CharField(max_length=64)),
                        ("content", models.TextField()),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signed_contents",
                                to="claims.claim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["claim", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "hash"),
                                name="signedcontent_hash",
                                violation_error_message="This content is kept already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormDraft",
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
                        ("form", models.CharField(max_length=60)),
                        ("words", factcheck.ledger.encryption.EncryptedTextField()),
                        ("at", models.DateTimeField()),
                        (
                            "claim",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["at"], name="formdraft_by_age")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "claim", "form"),
                                name="formdraft_once",
                                violation_error_message="There is a draft of this form already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("claim", None)),
                                fields=("user", "form"),
                                name="formdraft_of_new_claim_once",
                                violation_error_message="There is a draft of this form already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True),
                                    models.Q(("form", ""), _negated=True),
                                ),
                                name="formdraft_has_words",
                                violation_error_message="A draft has a form and words.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Listing",
                    fields=[
                        (
                            "verdict",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="listing",
                                serialize=False,
                                to="claims.verdict",
                            ),
                        ),
                        ("first_published_at", models.DateTimeField()),
                        ("rating", models.CharField(max_length=60)),
                        ("language", models.CharField(max_length=16)),
                        ("appearance", models.CharField(max_length=600)),
                        ("host", models.CharField(max_length=255)),
                        (
                            "claimant",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sources.claimant",
                            ),
                        ),
                        (
                            "topic",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.topic",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-first_published_at", "-verdict"],
                        "indexes": [
                            models.Index(
                                fields=["-first_published_at", "-verdict"], name="listing_newest"
                            ),
                            models.Index(
                                fields=["topic", "-first_published_at", "-verdict"],
                                name="listing_topic",
                            ),
                            models.Index(
                                fields=["claimant", "-first_published_at", "-verdict"],
                                name="listing_claimant",
                            ),
                            models.Index(
                                fields=["rating", "-first_published_at", "-verdict"],
                                name="listing_rating",
                            ),
                            models.Index(
                                fields=["language", "-first_published_at", "-verdict"],
                                name="listing_language",
                            ),
                            models.Index(
                                fields=["appearance", "-first_published_at", "-verdict"],
                                name="listing_appearance",
                            ),
                            models.Index(
                                fields=["host", "-first_published_at", "-verdict"],
                                name="listing_host",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reference",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("words", "explanation"),
                                    ("translation", "signed translation"),
                                    ("address", "link"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("short_id", models.CharField(max_length=8)),
                        (
                            "link",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="references",
                                to="sources.link",
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="references",
                                to="claims.verdict",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["short_id", "kind"], name="reference_short_id")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicChange",
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
                        ("number", models.PositiveBigIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="publicchange_counts",
                                violation_error_message="A change counts once at least.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tip",
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
                                    ("claim", "claim to check"),
                                    ("correction", "request for correction"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        (
                            "token_hash",
                            models.CharField(editable=False, max_length=64, unique=True),
                        ),
                        ("repeat_key", models.UUIDField(editable=False, null=True, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("joined", "joined to a claim"),
                                    ("made", "made a claim"),
                                    ("recheck", "recheck requested"),
                                    ("closed", "closed"),
                                ],
                                default="waiting",
                                max_length=16,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("uncheckable", "cannot be checked"),
                                    ("out_of_scope", "out of scope"),
                                    ("no_mistake", "no mistake found"),
                                    ("no_capacity", "no capacity"),
                                    ("spam", "spam"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tips",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "recheck",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tips",
                                to="claims.recheck",
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.verdict",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tip",
                        "verbose_name_plural": "tips",
                        "ordering": ["-received_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["received_at"], name="tip_received_at"),
                            models.Index(
                                fields=["desk", "state", "received_at"], name="tip_desk_state"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "claim"), ("verdict__isnull", True)),
                                    models.Q(("kind", "correction"), ("verdict__isnull", False)),
                                    _connector="OR",
                                ),
                                name="tip_of_its_kind",
                                violation_error_message="A request for correction names a verdict, and no other tip does.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "waiting"),
                                        ("reason", ""),
                                        ("claim__isnull", True),
                                        ("recheck__isnull", True),
                                    ),
                                    models.Q(
                                        ("state", "joined"),
                                        ("reason", ""),
                                        ("claim__isnull", False),
                                        ("recheck__isnull", True),
                                    ),
                                    models.Q(
                                        ("state", "made"),
                                        ("reason", ""),
                                        ("claim__isnull", False),
                                        ("recheck__isnull", True),
                                    ),
                                    models.Q(
                                        ("state", "recheck"),
                                        ("reason", ""),
                                        ("claim__isnull", True),
                                        ("recheck__isnull", False),
                                        ("kind", "correction"),
                                    ),
                                    models.Q(
                                        ("state", "closed"),
                                        models.Q(("reason", ""), _negated=True),
                                        ("claim__isnull", True),
                                        ("recheck__isnull", True),
                                        (
                                            "reason__in",
                                            [
                                                "uncheckable",
                                                "out_of_scope",
                                                "no_mistake",
                                                "no_capacity",
                                                "spam",
                                            ],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="tip_says_what_became_of_it",
                                violation_error_message="A decided tip needs the one claim, recheck or reason of its decision.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("state", "waiting"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="tip_decided_by_a_person",
                                violation_error_message="A decided tip needs a person and a time.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TipMessage",
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
                            "text",
                            factcheck.ledger.encryption.EncryptedTextField(
                                blank=True, max_length=2000
                            ),
                        ),
                        (
                            "url",
                            factcheck.ledger.encryption.EncryptedTextField(
                                blank=True, max_length=2000
                            ),
                        ),
                        (
                            "place",
                            factcheck.ledger.encryption.EncryptedTextField(
                                blank=True, max_length=300
                            ),
                        ),
                        (
                            "name",
                            factcheck.ledger.encryption.EncryptedTextField(
                                blank=True, max_length=200
                            ),
                        ),
                        (
                            "email",
                            factcheck.ledger.encryption.EncryptedTextField(
                                blank=True, max_length=254
                            ),
                        ),
                        ("erase_date", models.DateTimeField()),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "erased_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "tip",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="message",
                                to="claims.tip",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message of a tip",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("erased_at__isnull", True)),
                                fields=["erase_date"],
                                name="tipmessage_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at__isnull", True),
                                    models.Q(
                                        ("email", ""),
                                        ("name", ""),
                                        ("place", ""),
                                        ("text", ""),
                                        ("url", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="tipmessage_erased_is_empty",
                                violation_error_message="An erased tip holds nothing of its sender.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at__isnull", False),
                                    models.Q(("text", ""), ("url", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="tipmessage_has_content",
                                violation_error_message="A tip needs a text or an address.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_by__isnull", True),
                                    ("erased_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="tipmessage_erased_by_at_a_time",
                                violation_error_message="An erased tip needs the time of erasure.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteText",
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
                        ("number", models.PositiveIntegerField(verbose_name="version")),
                        ("text", models.TextField(max_length=100000)),
                        ("in_force_from", models.DateTimeField(verbose_name="in force from")),
                        ("made_at", models.DateTimeField()),
                        (
                            "page",
                            models.CharField(
                                choices=[
                                    ("about", "About us"),
                                    ("corrections", "Corrections"),
                                    ("submit", "Send us a claim to check"),
                                    ("request-correction", "Request a correction"),
                                ],
                                max_length=24,
                                verbose_name="page",
                            ),
                        ),
                        ("language", models.CharField(max_length=8, verbose_name="language")),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "text for readers",
                        "verbose_name_plural": "texts for readers",
                        "ordering": ["page", "language", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("page", "language", "number"),
                                name="sitetext_one_of_each_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="sitetext_has_text",
                                violation_error_message="Write what readers are to see.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("in_force_from__gte", models.F("made_at"))),
                                name="sitetext_not_backdated",
                                violation_error_message="A text for readers cannot be backdated.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
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
                            "type",
                            models.CharField(
                                choices=[
                                    ("article.read", "An article was read"),
                                    ("claim.created", "A claim was created"),
                                    ("claim.moved", "A claim changed its status"),
                                    ("evidence.source_changed", "A cited page changed"),
                                    ("evidence.source_dead", "A cited page is gone"),
                                    ("verdict.published", "A verdict was published"),
                                    ("verdict.corrected", "A verdict was corrected"),
                                    ("verdict.retracted", "A verdict was retracted"),
                                    (
                                        "verdict.translated",
                                        "A translation of a verdict was published",
                                    ),
                                    ("recheck.opened", "A recheck was opened"),
                                    ("recheck.decided", "A recheck was decided"),
                                    ("tip.arrived", "A tip arrived"),
                                ],
                                max_length=32,
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True)),
                        ("data", models.JSONField()),
                        ("position", models.PositiveBigIntegerField(null=True, unique=True)),
                        ("sequence", models.PositiveIntegerField(null=True)),
                        (
                            "article",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sources.article",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "tip",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.tip",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("position", None)),
                                fields=["id"],
                                name="event_without_position",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "type__in",
                                        [
                                            "article.read",
                                            "claim.created",
                                            "claim.moved",
                                            "evidence.source_changed",
                                            "evidence.source_dead",
                                            "verdict.published",
                                            "verdict.corrected",
                                            "verdict.retracted",
                                            "verdict.translated",
                                            "recheck.opened",
                                            "recheck.decided",
                                            "tip.arrived",
                                        ],
                                    )
                                ),
                                name="event_type_known",
                                violation_error_message="Unknown type of event.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("article", None), ("claim__isnull", False), ("tip", None)
                                    ),
                                    models.Q(
                                        ("article__isnull", False), ("claim", None), ("tip", None)
                                    ),
                                    models.Q(
                                        ("article", None), ("claim", None), ("tip__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="event_about_one",
                                violation_error_message="An event is about a claim, an article or a tip.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("position", None), ("sequence", None)),
                                    models.Q(("claim", None), ("sequence", None)),
                                    models.Q(
                                        ("claim__isnull", False),
                                        ("position__isnull", False),
                                        ("sequence__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="event_sequence_of_claim",
                                violation_error_message="The events of a claim are numbered.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventCount",
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
                            "claim",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="event_count",
                                to="claims.claim",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="eventcount_counts",
                                violation_error_message="An event counts once.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookEndpoint",
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
                        ("name", models.CharField(max_length=100)),
                        (
                            "url",
                            factcheck.ledger.encryption.EncryptedTextField(
                                max_length=2000, verbose_name="URL"
                            ),
                        ),
                        (
                            "types",
                            models.JSONField(
                                default=claims.models.webhook.all_types, verbose_name="events"
                            ),
                        ),
                        (
                            "secret",
                            factcheck.ledger.encryption.EncryptedTextField(
                                editable=False, max_length=100
                            ),
                        ),
                        (
                            "previous_secret",
                            factcheck.ledger.encryption.EncryptedTextField(
                                blank=True, editable=False, max_length=100
                            ),
                        ),
                        (
                            "previous_until",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        ("active", models.BooleanField(default=True)),
                        ("gone", models.BooleanField(default=False, editable=False)),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="webhooks",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook",
                        "ordering": ["desk", "name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("desk", "name"),
                                name="webhookendpoint_name_once",
                                violation_error_message="The desk already has a webhook of this name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("gone", False), ("active", False), _connector="OR"
                                ),
                                name="webhookendpoint_gone_is_off",
                                violation_error_message="An endpoint that is gone is switched off.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WebhookDelivery",
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
                        ("made_at", models.DateTimeField()),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("tried_at", models.DateTimeField(null=True)),
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        ("answer", models.TextField(blank=True)),
                        ("withheld", models.BooleanField(default=False)),
                        (
                            "event",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="claims.event",
                            ),
                        ),
                        (
                            "endpoint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="claims.webhookendpoint",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivery",
                        "verbose_name_plural": "deliveries",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("endpoint", "event"),
                                name="webhookdelivery_once",
                                violation_error_message="This event is sent there already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KnownClaim",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("claim", "claim"),
                                    ("verdict", "published verdict"),
                                    ("repetition", "repetition"),
                                    ("fact_check", "imported fact check"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("source_id", models.BigIntegerField()),
                        ("text", models.TextField(db_default="")),
                        ("wording", models.TextField(db_default="")),
                        ("claimant", models.CharField(db_default="", max_length=200)),
                        ("stated_date", models.DateField(null=True)),
                        ("language", models.CharField(db_default="", max_length=16)),
                        ("reading", models.JSONField(null=True)),
                        (
                            "claim",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="known_claims",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "repetition",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="known_claims",
                                to="claims.repetition",
                            ),
                        ),
                        (
                            "verdict",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="known_claims",
                                to="claims.verdict",
                            ),
                        ),
                        (
                            "fact_check",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="known_claims",
                                to="claims.importedfactcheck",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("job_state__in", ("waiting", "running"))),
                                fields=["next_attempt_at"],
                                name="knownclaim_due",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "source_id"), name="knownclaim_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("claim__isnull", False), ("kind", "claim")),
                                    models.Q(
                                        ("claim__isnull", False),
                                        ("kind", "verdict"),
                                        ("verdict__isnull", False),
                                    ),
                                    models.Q(
                                        ("claim__isnull", False),
                                        ("kind", "repetition"),
                                        ("repetition__isnull", False),
                                    ),
                                    models.Q(
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", False),
                                        ("kind", "fact_check"),
                                    ),
                                    models.Q(
                                        (
                                            "kind__in",
                                            ["claim", "verdict", "repetition", "fact_check"],
                                        ),
                                        _negated=True,
                                    ),
                                    _connector="OR",
                                ),
                                name="knownclaim_of_its_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DifferentClaim",
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
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="different_claims",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.claim",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "other"),
                                name="differentclaim_once",
                                violation_error_message="This claim is marked already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("claim", models.F("other")), _negated=True),
                                name="differentclaim_of_two",
                                violation_error_message="A claim is the same as itself.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RepeatCheck",
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
                            "extraction",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repeat_check",
                                to="claims.extraction",
                            ),
                        ),
                        (
                            "tip",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repeat_check",
                                to="claims.tip",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("extraction__isnull", False), ("tip__isnull", True)),
                                    models.Q(("extraction__isnull", True), ("tip__isnull", False)),
                                    _connector="OR",
                                ),
                                name="repeatcheck_of_one",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RepetitionProposal",
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
                        ("found_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("added", "added"),
                                    ("dismissed", "dismissed"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repetition_proposals",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "repetition",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="claims.repetition",
                            ),
                        ),
                        (
                            "suggestion",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repetition_proposals",
                                to="claims.suggestion",
                            ),
                        ),
                        (
                            "tip",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repetition_proposals",
                                to="claims.tip",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "suggestion"),
                                name="repetitionproposal_once_of_suggestion",
                            ),
                            models.UniqueConstraint(
                                fields=("claim", "tip"), name="repetitionproposal_once_of_tip"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("suggestion__isnull", False), ("tip__isnull", True)),
                                    models.Q(("suggestion__isnull", True), ("tip__isnull", False)),
                                    _connector="OR",
                                ),
                                name="repetitionproposal_of_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("repetition__isnull", True),
                                        ("state", "open"),
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("repetition__isnull", True),
                                        ("state", "dismissed"),
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("repetition__isnull", False),
                                        ("state", "added"),
                                    ),
                                    _connector="OR",
                                ),
                                name="repetitionproposal_decided",
                                violation_error_message="A decision names who and when.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Import",
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
                        ("name", models.CharField(max_length=200, verbose_name="file")),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("csv", "CSV"),
                                    ("json", "JSON"),
                                    ("jsonl", "JSON Lines"),
                                    ("claimreview", "ClaimReview"),
                                    ("addresses", "addresses"),
                                ],
                                max_length=16,
                                verbose_name="form",
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("own_archive", "our own archive"),
                                    ("other_newsroom", "another newsroom"),
                                ],
                                max_length=16,
                                verbose_name="origin",
                            ),
                        ),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("fetching", "reading pages"),
                                    ("mapping", "columns to choose"),
                                    ("checking", "dry run"),
                                    ("checked", "ready to start"),
                                    ("importing", "importing"),
                                    ("done", "imported"),
                                ],
                                max_length=16,
                                verbose_name="phase",
                            ),
                        ),
                        ("columns", models.JSONField(default=list)),
                        ("mapping", models.JSONField(default=dict)),
                        ("defaults", models.JSONField(default=dict)),
                        ("rows_total", models.PositiveIntegerField(default=0)),
                        ("made_at", models.DateTimeField(verbose_name="begun")),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("expires_at", models.DateTimeField()),
                        ("counts", models.JSONField(default=dict)),
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
                                related_name="imports",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import",
                        "verbose_name_plural": "imports",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "form__in",
                                        ["csv", "json", "jsonl", "claimreview", "addresses"],
                                    ),
                                    ("origin__in", ["own_archive", "other_newsroom"]),
                                    (
                                        "phase__in",
                                        [
                                            "fetching",
                                            "mapping",
                                            "checking",
                                            "checked",
                                            "importing",
                                            "done",
                                        ],
                                    ),
                                ),
                                name="import_kinds_known",
                                violation_error_message="Choose one of the listed forms, origins and phases.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedFactCheck",
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
                            "origin",
                            models.CharField(
                                choices=[
                                    ("own_archive", "our own archive"),
                                    ("other_newsroom", "another newsroom"),
                                ],
                                max_length=16,
                                verbose_name="origin",
                            ),
                        ),
                        ("claim", models.TextField(max_length=5000, verbose_name="claim")),
                        (
                            "claimant",
                            models.CharField(
                                blank=True, db_index=True, max_length=300, verbose_name="claimant"
                            ),
                        ),
                        (
                            "stated_date",
                            models.DateField(
                                blank=True, null=True, verbose_name="date of the statement"
                            ),
                        ),
                        (
                            "rating",
                            models.CharField(db_index=True, max_length=200, verbose_name="rating"),
                        ),
                        ("address", models.CharField(max_length=2000, verbose_name="address")),
                        (
                            "site",
                            models.CharField(db_index=True, max_length=255, verbose_name="site"),
                        ),
                        ("publisher", models.CharField(max_length=300, verbose_name="publisher")),
                        (
                            "author",
                            models.CharField(blank=True, max_length=300, verbose_name="author"),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, max_length=500, verbose_name="title"),
                        ),
                        ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                        (
                            "published_date",
                            models.DateField(
                                blank=True, db_index=True, null=True, verbose_name="published on"
                            ),
                        ),
                        ("language", models.CharField(max_length=16, verbose_name="language")),
                        ("key", models.CharField(max_length=64)),
                        ("part", models.PositiveIntegerField(default=1)),
                        ("record", models.TextField(blank=True)),
                        ("imported_at", models.DateTimeField(verbose_name="imported")),
                        (
                            "changed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="changed by an import"
                            ),
                        ),
                        (
                            "came_with",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.import",
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imported_fact_checks",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "imported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "imported fact check",
                        "verbose_name_plural": "imported fact checks",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                fields=["desk", "-published_date"], name="importedfactcheck_day"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("desk", "key", "part"),
                                name="importedfactcheck_once",
                                violation_error_message="The desk has this fact check already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("origin__in", ["own_archive", "other_newsroom"]),
                                    models.Q(("claim", ""), _negated=True),
                                    models.Q(("rating", ""), _negated=True),
                                    models.Q(("publisher", ""), _negated=True),
                                    ("part__gte", 1),
                                ),
                                name="importedfactcheck_says_who",
                                violation_error_message="Say the claim, the rating, and who published it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRow",
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
                        ("line", models.PositiveIntegerField()),
                        ("record", models.JSONField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("new", "new"),
                                    ("changed", "changed"),
                                    ("same", "already there"),
                                    ("repeated", "twice in this file"),
                                    ("refused", "refused"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("faults", models.JSONField(default=list)),
                        ("changes", models.JSONField(default=dict)),
                        ("key", models.CharField(blank=True, max_length=64)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("part", models.PositiveIntegerField(default=1)),
                        ("written", models.BooleanField(default=False)),
                        (
                            "fact_check",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="claims.importedfactcheck",
                            ),
                        ),
                        (
                            "of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="claims.import",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(fields=["of", "key"], name="importrow_key"),
                            models.Index(fields=["of", "state", "written"], name="importrow_state"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "waiting",
                                            "new",
                                            "changed",
                                            "same",
                                            "repeated",
                                            "refused",
                                        ],
                                    )
                                ),
                                name="importrow_state_known",
                                violation_error_message="Choose one of the listed states.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeskExport",
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
                        ("made_at", models.DateTimeField(verbose_name="requested")),
                        (
                            "section",
                            models.PositiveSmallIntegerField(blank=True, default=0, null=True),
                        ),
                        ("last_key", models.BigIntegerField(default=0)),
                        ("parts", models.JSONField(default=list)),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("expected", models.PositiveIntegerField(blank=True, null=True)),
                        ("counts", models.JSONField(default=dict)),
                        ("file", models.CharField(blank=True, max_length=100)),
                        ("size", models.PositiveBigIntegerField(default=0, verbose_name="size")),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("expires_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exports",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "export",
                        "verbose_name_plural": "exports",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="BroughtExport",
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
                        ("manifest_sha256", models.CharField(max_length=64)),
                        ("desk_id_there", models.CharField(max_length=64)),
                        ("desk_name_there", models.CharField(max_length=200)),
                        ("made_at", models.DateTimeField()),
                        ("brought_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("counts", models.JSONField(default=dict)),
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
                                related_name="brought_exports",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("desk", "manifest_sha256"),
                                name="broughtexport_once",
                                violation_error_message="The desk has this export already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BroughtRecord",
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
                        ("member", models.CharField(max_length=40)),
                        ("digest", models.CharField(max_length=64)),
                        ("document", models.TextField()),
                        (
                            "came_with",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="claims.broughtexport",
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="newsroom.desk",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("desk", "member", "digest"),
                                name="broughtrecord_once",
                                violation_error_message="The desk has this line already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedClaim",
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
                        ("id_there", models.CharField(db_index=True, max_length=64)),
                        ("newsroom", models.CharField(max_length=200, verbose_name="desk there")),
                        ("text", models.TextField(verbose_name="claim")),
                        (
                            "claimant",
                            models.CharField(blank=True, max_length=300, verbose_name="claimant"),
                        ),
                        (
                            "stated_date",
                            models.DateField(
                                blank=True, null=True, verbose_name="date of the statement"
                            ),
                        ),
                        (
                            "appearance_url",
                            models.CharField(
                                blank=True, max_length=2000, verbose_name="where it was said"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(blank=True, max_length=16, verbose_name="language"),
                        ),
                        ("status", models.CharField(max_length=16, verbose_name="status there")),
                        (
                            "rating",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="rating there"
                            ),
                        ),
                        ("short_answer", models.TextField(blank=True, verbose_name="short answer")),
                        ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                        (
                            "published_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="published there"
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("document", models.TextField()),
                        (
                            "came_with",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="claims.broughtexport",
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imported_claims",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "taken_up_as",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_up_from",
                                to="claims.claim",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "imported claim",
                        "verbose_name_plural": "imported claims",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("desk", "digest"),
                                name="importedclaim_once",
                                violation_error_message="The desk has this claim already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("text", ""), _negated=True),
                                    models.Q(("newsroom", ""), _negated=True),
                                ),
                                name="importedclaim_says_who",
                                violation_error_message="Say the claim, and which desk checked it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LiveChunk",
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
                        ("speaker", models.CharField(blank=True, max_length=200)),
                        ("time_code", models.CharField(blank=True, max_length=32)),
                        ("text", models.TextField()),
                        ("received_at", models.DateTimeField()),
                        (
                            "stream",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chunks",
                                to="claims.livestream",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["stream", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("stream", "number"),
                                name="livechunk_once",
                                violation_error_message="The stream has a chunk of this number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("text", ""), _negated=True), ("number__gt", 0)
                                ),
                                name="livechunk_has_text",
                                violation_error_message="A chunk has a number and text in it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LiveStream",
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
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        ("language", models.CharField(max_length=16, verbose_name="language")),
                        (
                            "source_url",
                            models.URLField(
                                blank=True,
                                help_text="Where it is broadcast. Claims are said to have been made there.",
                                max_length=2000,
                                verbose_name="source",
                            ),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="started")),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ended"),
                        ),
                        ("last_number", models.PositiveIntegerField(default=0)),
                        ("read_number", models.PositiveIntegerField(default=0)),
                        ("read_characters", models.PositiveIntegerField(default=0)),
                        ("sentence_count", models.PositiveIntegerField(default=0)),
                        ("change_count", models.PositiveIntegerField(default=0)),
                        ("carried_over_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "article",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="live_stream",
                                to="sources.article",
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="live_streams",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "live stream",
                        "verbose_name_plural": "live streams",
                        "ordering": ["-pk"],
                        "constraints": [
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
                                name="livestream_ended_by_somebody",
                                violation_error_message="Somebody ends a stream.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("article__isnull", True),
                                    ("ended_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="livestream_article_of_ended",
                                violation_error_message="A stream becomes an article when it has ended.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("read_number__lte", models.F("last_number"))),
                                name="livestream_reads_what_there_is",
                                violation_error_message="Nothing can be read before it came.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LiveSentence",
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
                        ("speaker", models.CharField(blank=True, max_length=200)),
                        ("time_code", models.CharField(blank=True, max_length=32)),
                        ("text", models.TextField()),
                        ("score", models.DecimalField(decimal_places=4, max_digits=5)),
                        ("matches", models.JSONField(default=list)),
                        ("read_at", models.DateTimeField()),
                        ("change", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("accepted", "accepted"),
                                    ("dismissed", "dismissed"),
                                ],
                                db_default="open",
                                default="open",
                                max_length=16,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "chunk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sentences",
                                to="claims.livechunk",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="live_sentences",
                                to="claims.claim",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stream",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sentences",
                                to="claims.livestream",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["stream", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("stream", "number"), name="livesentence_once"
                            ),
                            models.UniqueConstraint(
                                fields=("stream", "change"), name="livesentence_change_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at", None),
                                        ("decided_by__isnull", True),
                                        ("state", "open"),
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("state__in", ("accepted", "dismissed")),
                                    ),
                                    _connector="OR",
                                ),
                                name="livesentence_decided_by_a_person",
                                violation_error_message="Only a person decides a sentence.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("claim__isnull", False), ("state", "accepted")),
                                    models.Q(
                                        models.Q(("state", "accepted"), _negated=True),
                                        ("claim__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="livesentence_accepted_has_claim",
                                violation_error_message="An accepted sentence has its claim, and no other one.",
                            ),
                        ],
                    },
                ),
            ]
        ),
        CreateIndex("claim"),
        CreateIndex("evidence"),
        CreateIndex("suggestion"),
        CreateIndex("verdict"),
        CreateIndex("fact_check"),
        CreateIndex("imported_claim"),
        CreateTermIndex(),
    ]
