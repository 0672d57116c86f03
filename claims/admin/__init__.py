"""Claims' admin screens: importing this package registers them all."""

import claims.admin.audit_words
import claims.admin.channels
import claims.admin.claims
import claims.admin.conflicts_of_interest
import claims.admin.evidence_list
import claims.admin.home.articles
import claims.admin.home.claims
import claims.admin.home.deadlines
import claims.admin.home.failures
import claims.admin.home.first_steps
import claims.admin.home.queries
import claims.admin.home.rechecks
import claims.admin.home.repetitions
import claims.admin.home.source_changes
import claims.admin.jobs
import claims.admin.links
import claims.admin.methodology
import claims.admin.notifications.bell
import claims.admin.publishers
import claims.admin.ratings
import claims.admin.rechecks.screen
import claims.admin.shortcuts
import claims.admin.source_changes
import claims.admin.topics
import claims.admin.triage.article_page
import claims.admin.triage.suggestions
