"""People and offices known by name alone were known to all desks: each goes to the desk that named it, a copy to each further one."""

from django.db import migrations

from factcheck.ledger import triggers


def give_to_their_desks(apps, schema_editor):
    using = schema_editor.connection.alias
    publishers = apps.get_model('sources', 'Publisher').objects.using(using)
    links = apps.get_model('sources', 'Link').objects.using(using)
    evidence = apps.get_model('claims', 'Evidence').objects.using(using)
    rows = list(publishers.filter(domain=None, desk=None).select_related('owner').order_by('pk'))
    if rows:
        triggers.remove(using)  # readers have some of this evidence; who published it stays the same name. Put back after the migration
    for row in rows:
        cited = set(links.filter(publisher=row).values_list('desk', flat=True))
        named = set(evidence.filter(origin=row).values_list('claim__desk', flat=True))
        first, *others = [*sorted(cited | named), None]
        if first is None:
            continue  # nobody cites it: somebody put it into the shared table by hand
        for desk in filter(None, others):
            copy = publishers.create(name=row.name, kind=row.kind, desk_id=desk, owner=_owner(apps, using, row, desk))
            links.filter(publisher=row, desk=desk).update(publisher=copy)
            evidence.filter(origin=row, claim__desk=desk).update(origin=copy)
        publishers.filter(pk=row.pk).update(desk=first, owner=_owner(apps, using, row, first))


def _owner(apps, using, publisher, desk):
    """Who is their own owner is known to the same desk alone; a house that others belong to stays known to all."""
    owners = apps.get_model('sources', 'Owner').objects.using(using)
    owner = publisher.owner
    if owner.name != publisher.name or owner.publishers.exclude(pk=publisher.pk).filter(desk=None).exists() or owner.interests.exists():
        return owner
    if owner.desk_id is None and not owner.publishers.exclude(pk=publisher.pk).exists():
        owner.desk_id = desk
        owners.filter(pk=owner.pk).update(desk=desk)
        return owner
    return owner if owner.desk_id == desk else owners.get_or_create(name=owner.name, desk_id=desk)[0]


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0014_changed_sources'),
        ('sources', '0004_evidence_kept'),
    ]

    operations = [
        migrations.RunPython(give_to_their_desks, migrations.RunPython.noop),
    ]
