"""The addresses readers know."""

from django.urls import path

from claims.public_site import (
    claims_search,
    datafeed,
    evidence,
    feeds,
    inbound_mail,
    lists,
    methodology,
    oembed,
    receipts,
    share_pictures,
    site_files,
    site_texts,
    sitemaps,
    subjects,
    tip_pages,
    verdict_json,
    verdict_pages,
)

app_name = "claims"
urlpatterns = [
    path("", lists.home, name="home"),
    path("verdicts/", lists.verdicts, name="verdicts"),
    path("verdicts/<str:address>/", verdict_pages.verdict_page, name="verdict"),
    path("claimants/<uuid:claimant>/", subjects.claimant_page, name="claimant"),
    path("topics/<uuid:topic>/", subjects.topic_page, name="topic"),
    path("methodology/", methodology.methodology, name="methodology"),
    path(
        "methodology/<int:number>/",
        methodology.methodology_version,
        name="methodology_version",
    ),
    path("about/", site_texts.about, name="about"),
    path(
        "texts/<slug:page>/<slug:language>/<int:number>/",
        site_texts.text_version,
        name="text_version",
    ),
    path("submit/", tip_pages.submit, name="submit"),
    path("request-correction/", tip_pages.request_correction, name="request_correction"),
    path("tips/<str:tip_token>/", tip_pages.tip, name="tip"),
    # Mailgun sends a message as it came to addresses that end in mime.
    path("inbound-mail/<uuid:mailbox>/mime", inbound_mail.inbound_mail, name="inbound_mail"),
    path("corrections/", lists.corrections, name="corrections"),
    path(
        "verdicts/<str:address>/versions/<int:number>/",
        verdict_pages.verdict_version,
        name="verdict_version",
    ),
    path("verdicts/<str:address>/content.json", verdict_pages.content_json, name="content"),
    path(
        "verdicts/<str:address>/versions/<int:number>/content.json",
        verdict_pages.content_json,
        name="version_content",
    ),
    path(
        "verdicts/<str:address>/claimreview.json",
        verdict_pages.claim_review_json,
        name="claim_review",
    ),
    path(
        "verdicts/<str:address>/evidence/<int:number>/",
        evidence.evidence_copy,
        name="evidence_copy",
    ),
    path("feeds/verdicts.<str:feed_format>", feeds.verdicts, name="feed"),
    path("feeds/corrections.<str:feed_format>", feeds.corrections, name="corrections_feed"),
    path("feeds/topics/<uuid:topic>.<str:feed_format>", feeds.of_topic, name="topic_feed"),
    path(
        "feeds/claimants/<uuid:claimant>.<str:feed_format>",
        feeds.of_claimant,
        name="claimant_feed",
    ),
    path("verdicts/<str:address>.json", verdict_json.verdict_json, name="verdict_json"),
    path("datafeed.json", datafeed.datafeed, name="datafeed"),
    path("verdicts/<str:address>/share.png", share_pictures.share_picture, name="share_picture"),
    path("verdicts/<str:address>/embed/", oembed.embed, name="embed"),
    path("oembed", oembed.oembed, name="oembed"),
    path("v1alpha1/claims:search", claims_search.claims_search, name="claims_search"),
    path("verdicts/<str:address>/receipt.json", receipts.receipt_json, name="receipt"),
    path(".well-known/factcheck-keys.json", receipts.keys, name="receipt_keys"),
    path("brand.css", site_files.brand_css, name="brand_css"),
    path("robots.txt", site_files.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", site_files.security_txt, name="security_txt"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemaps/pages.xml", sitemaps.pages, name="pages_sitemap"),
    path("sitemaps/news.xml", sitemaps.news, name="news_sitemap"),
    path("sitemaps/<int:year>-<int:month>.xml", sitemaps.of_month, name="sitemap"),
]
