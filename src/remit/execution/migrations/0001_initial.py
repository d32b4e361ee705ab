"""The work that carries campaigns out, a room of its own: tables that ``planning`` made change their name.

Rows, keys, indexes and constraints stay. What is waiting in the background under an old address gets the new
one, so that nothing that was asked for before the upgrade is lost.
"""

import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from remit.planning.moving_tables import move_tables

MODELS = (
    'checkitem', 'conflict', 'conflictoption', 'cooperation', 'cooperationfile', 'dependency', 'fallbacktask',
    'feasibilityanswer', 'material', 'materialneed', 'plantemplate', 'report', 'risk', 'riskreview', 'slip',
    'task', 'taskfile',
)
ADDRESSES = ('watch_risks', 'look_at_launches', 'look_for_conflicts', 'look_at_promises', 'see_risks')


def relabel(apps, using, was, now):
    """The kinds of things that permissions name; one that was made for the new room already yields."""
    kinds = apps.get_model('contenttypes', 'ContentType').objects.using(using)
    for kind in kinds.filter(app_label=was, model__in=MODELS):
        kinds.filter(app_label=now, model=kind.model).delete()
        kind.app_label = now
        kind.save(update_fields=['app_label'])


def readdress(apps, using, was, now):
    deliveries = apps.get_model('audit', 'Delivery').objects.using(using).filter(done_at=None)
    tasks = apps.get_model('django_tasks_database', 'DBTaskResult').objects.using(using)
    for name in ADDRESSES:
        old, new = f'remit.{was}.tasks.{name}', f'remit.{now}.tasks.{name}'
        deliveries.filter(reaction=old).update(reaction=new)
        tasks.filter(task_path=old).update(task_path=new)


def tables_come(apps, schema_editor):
    move_tables(schema_editor, {f'planning_{model}': f'execution_{model}' for model in MODELS})


def tables_go(apps, schema_editor):
    move_tables(schema_editor, {f'execution_{model}': f'planning_{model}' for model in MODELS})


def names_come(apps, schema_editor):
    relabel(apps, schema_editor.connection.alias, 'planning', 'execution')
    readdress(apps, schema_editor.connection.alias, 'planning', 'execution')


def names_go(apps, schema_editor):
    relabel(apps, schema_editor.connection.alias, 'execution', 'planning')
    readdress(apps, schema_editor.connection.alias, 'execution', 'planning')


TABLES = [
    migrations.CreateModel(
        name='Conflict',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('kind', models.CharField(choices=[('person', 'Person'), ('money', 'Money'), ('audience', 'Audience'), ('goals', 'Goals'), ('stock', 'Material'), ('other', 'Other')], max_length=10, verbose_name='kind')),
            ('key', models.CharField(blank=True, max_length=160)),
            ('title', models.CharField(blank=True, max_length=160, verbose_name='title')),
            ('note', models.TextField(blank=True, max_length=1000, verbose_name='what pulls apart')),
            ('facts', models.JSONField(default=dict)),
            ('things', models.JSONField(default=list)),
            ('state', models.CharField(choices=[('open', 'Open'), ('decided', 'Decided'), ('lapsed', 'No longer there')], default='open', max_length=8, verbose_name='state')),
            ('found_at', models.DateTimeField()),
            ('decision', models.TextField(blank=True, max_length=1000)),
            ('decided_at', models.DateTimeField(null=True)),
            ('consequence', models.TextField(blank=True, max_length=1000)),
            ('lapsed_at', models.DateTimeField(null=True)),
            ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('decider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who decides')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='unit')),
        ],
    ),
    migrations.CreateModel(
        name='ConflictOption',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('text', models.CharField(max_length=400)),
            ('at', models.DateTimeField()),
            ('chosen', models.BooleanField(default=False)),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('conflict', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='execution.conflict')),
        ],
    ),
    migrations.CreateModel(
        name='Cooperation',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('title', models.CharField(max_length=160, verbose_name='title')),
            ('what', models.TextField(max_length=2000, verbose_name='what is needed')),
            ('purpose', models.TextField(max_length=600, verbose_name='what for')),
            ('needed_on', models.DateField(verbose_name='needed by')),
            ('effort_days', models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True, verbose_name='person-days wished')),
            ('money', models.DecimalField(decimal_places=2, default=0, max_digits=16, verbose_name='money wished')),
            ('currency', models.CharField(blank=True, max_length=3, verbose_name='currency')),
            ('state', models.CharField(choices=[('asking', 'Being asked'), ('answered', 'Answered, to be accepted'), ('promised', 'Promised'), ('done', 'Reported done'), ('confirmed', 'Done and confirmed'), ('declined', 'Not feasible'), ('dropped', 'No longer asked for')], default='asking', max_length=10, verbose_name='state')),
            ('asked_at', models.DateTimeField(null=True)),
            ('accepted_at', models.DateTimeField(null=True)),
            ('done_at', models.DateTimeField(null=True)),
            ('done_note', models.CharField(blank=True, max_length=600)),
            ('ended_at', models.DateTimeField(null=True)),
            ('end_reason', models.CharField(blank=True, max_length=300)),
            ('made_at', models.DateTimeField()),
            ('changed_at', models.DateTimeField()),
            ('asked_position', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.position', verbose_name='department')),
            ('asked_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='asked unit')),
            ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
            ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='planning.plan', verbose_name='campaign')),
            ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.signature')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='asking unit')),
        ],
    ),
    migrations.CreateModel(
        name='CooperationFile',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('at', models.DateTimeField()),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('cooperation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='execution.cooperation')),
            ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
        ],
    ),
    migrations.CreateModel(
        name='FeasibilityAnswer',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('feasibility', models.CharField(choices=[('feasible', 'Feasible'), ('conditional', 'Feasible on conditions'), ('later', 'Feasible later'), ('not_feasible', 'Not feasible')], max_length=12, verbose_name='answer')),
            ('conditions', models.TextField(blank=True, max_length=1000, verbose_name='on which conditions')),
            ('from_on', models.DateField(blank=True, null=True, verbose_name='feasible from')),
            ('reason', models.TextField(blank=True, max_length=500, verbose_name='why not')),
            ('due_on', models.DateField(blank=True, null=True, verbose_name='done by')),
            ('note', models.TextField(blank=True, max_length=1000, verbose_name='note')),
            ('at', models.DateTimeField()),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('cooperation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='answer', to='execution.cooperation')),
            ('doer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who does it')),
        ],
    ),
    migrations.CreateModel(
        name='Material',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('code', models.SlugField(allow_unicode=True, max_length=40, verbose_name='code')),
            ('title', models.CharField(max_length=120, verbose_name='title')),
            ('stock', models.PositiveIntegerField(default=0, verbose_name='pieces in stock')),
            ('ready_on', models.DateField(blank=True, null=True, verbose_name='ready on')),
            ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
            ('changed_at', models.DateTimeField()),
            ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who keeps it')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='unit')),
        ],
    ),
    migrations.CreateModel(
        name='MaterialNeed',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('pieces', models.PositiveIntegerField(verbose_name='pieces')),
            ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='execution.material')),
            ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='planning.plan')),
        ],
    ),
    migrations.CreateModel(
        name='PlanTemplate',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('name', models.CharField(max_length=120, verbose_name='name')),
            ('kind', models.CharField(choices=[('promotion', 'Promotion'), ('launch', 'Launch'), ('brand', 'Brand'), ('content', 'Content'), ('live', 'Live session'), ('co_branded', 'Co-branded'), ('member', 'Member event')], max_length=20, verbose_name='kind')),
            ('content', models.JSONField()),
            ('made_at', models.DateTimeField()),
            ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='unit')),
        ],
    ),
    migrations.CreateModel(
        name='Report',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('kind', models.CharField(choices=[('daily', 'Daily board'), ('weekly', 'Weekly review'), ('monthly', 'Monthly report')], max_length=10, verbose_name='kind')),
            ('key', models.CharField(max_length=10)),
            ('made_on', models.DateField()),
            ('made_at', models.DateTimeField()),
            ('content', models.JSONField()),
            ('language', models.CharField(blank=True, max_length=10)),
            ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='unit')),
        ],
    ),
    migrations.CreateModel(
        name='Risk',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('title', models.CharField(max_length=160, verbose_name='title')),
            ('cause', models.TextField(blank=True, max_length=600, verbose_name='where it comes from')),
            ('probability', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4'), (5, '5')], verbose_name='probability')),
            ('impact', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4'), (5, '5')], verbose_name='impact')),
            ('response', models.TextField(max_length=1000, verbose_name='what is done about it')),
            ('fallback', models.TextField(blank=True, max_length=1000, verbose_name='plan B')),
            ('trigger', models.CharField(choices=[('hand', 'Somebody says so'), ('metric', 'A figure passes its limit'), ('date', 'A day comes'), ('event', 'Something happens in the system')], default='hand', max_length=10, verbose_name='trigger')),
            ('trigger_on', models.DateField(blank=True, null=True, verbose_name='on the day')),
            ('trigger_event', models.CharField(blank=True, choices=[('task_slipped', 'A task of the campaign slips'), ('deviation', 'A deviation of the campaign is asked for'), ('returned', 'A request of the campaign is returned or refused'), ('import_failed', 'An import fails'), ('person_left', 'Somebody leaves the department')], max_length=20, verbose_name='when this happens')),
            ('review_on', models.DateField(verbose_name='looked at again on')),
            ('state', models.CharField(choices=[('watched', 'Watched'), ('fired', 'It happened'), ('closed', 'Closed')], default='watched', max_length=10, verbose_name='state')),
            ('watched_since', models.DateTimeField()),
            ('fired_at', models.DateTimeField(null=True)),
            ('fired_reason', models.CharField(blank=True, max_length=300)),
            ('closed_at', models.DateTimeField(null=True)),
            ('made_at', models.DateTimeField()),
            ('alert', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='metrics.alert')),
            ('fired_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='planning.plan')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='unit')),
        ],
    ),
    migrations.CreateModel(
        name='RiskReview',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('probability', models.PositiveSmallIntegerField()),
            ('impact', models.PositiveSmallIntegerField()),
            ('note', models.CharField(blank=True, max_length=600)),
            ('at', models.DateTimeField()),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('risk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='execution.risk')),
        ],
    ),
    migrations.CreateModel(
        name='Task',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('title', models.CharField(max_length=160, verbose_name='task')),
            ('detail', models.TextField(blank=True, max_length=2000, verbose_name='detail')),
            ('starts_on', models.DateField(verbose_name='starts on')),
            ('ends_on', models.DateField(verbose_name='ends on')),
            ('hours', models.DecimalField(decimal_places=1, default=Decimal('0'), max_digits=7, verbose_name='hours of work')),
            ('money', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=16, verbose_name='money')),
            ('resource', models.CharField(blank=True, max_length=200, verbose_name='resources')),
            ('state', models.CharField(choices=[('todo', 'To do'), ('doing', 'In hand'), ('done', 'Done'), ('dropped', 'Dropped')], default='todo', max_length=8, verbose_name='state')),
            ('made_at', models.DateTimeField()),
            ('changed_at', models.DateTimeField()),
            ('ended_at', models.DateTimeField(null=True)),
            ('carried_to', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_from', to='execution.task')),
            ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='planning.plan')),
        ],
    ),
    migrations.CreateModel(
        name='Slip',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('was', models.DateField()),
            ('now', models.DateField()),
            ('shifts', models.JSONField(default=list)),
            ('state', models.CharField(choices=[('open', 'Proposed'), ('taken', 'Shifted'), ('left', 'Left as it was')], default='open', max_length=8)),
            ('at', models.DateTimeField()),
            ('decided_at', models.DateTimeField(null=True)),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to='execution.task')),
        ],
    ),
    migrations.CreateModel(
        name='FallbackTask',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('title', models.CharField(max_length=160)),
            ('after_days', models.PositiveSmallIntegerField()),
            ('days', models.PositiveSmallIntegerField()),
            ('hours', models.DecimalField(decimal_places=1, default=0, max_digits=7)),
            ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('risk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fallback_tasks', to='execution.risk')),
            ('task', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='execution.task')),
        ],
    ),
    migrations.CreateModel(
        name='Dependency',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('after', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waits_for', to='execution.task')),
            ('before', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followed_by', to='execution.task')),
        ],
    ),
    migrations.CreateModel(
        name='CheckItem',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('title', models.CharField(max_length=200)),
            ('position', models.PositiveSmallIntegerField()),
            ('done_at', models.DateTimeField(null=True)),
            ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checklist', to='execution.task')),
        ],
    ),
    migrations.CreateModel(
        name='TaskFile',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('at', models.DateTimeField()),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='execution.task')),
        ],
    ),
    migrations.AddIndex(
        model_name='conflict',
        index=models.Index(fields=['unit', 'state'], name='conflict_of_unit'),
    ),
    migrations.AddConstraint(
        model_name='conflict',
        constraint=models.UniqueConstraint(condition=models.Q(('state', 'open'), models.Q(('key', ''), _negated=True)), fields=('key',), name='one_open_conflict_a_key'),
    ),
    migrations.AddConstraint(
        model_name='conflict',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), models.Q(('key', ''), _negated=True)), models.Q(('by__isnull', False), ('key', ''), models.Q(('title', ''), _negated=True)), _connector='OR'), name='a_conflict_is_found_or_logged'),
    ),
    migrations.AddConstraint(
        model_name='conflict',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decision', ''), _negated=True)), _connector='OR'), name='a_decision_has_a_decider'),
    ),
    migrations.AddConstraint(
        model_name='conflictoption',
        constraint=models.UniqueConstraint(condition=models.Q(('chosen', True)), fields=('conflict',), name='one_option_is_chosen'),
    ),
    migrations.AddIndex(
        model_name='cooperation',
        index=models.Index(fields=['unit', '-changed_at'], name='cooperation_of_unit'),
    ),
    migrations.AddIndex(
        model_name='cooperation',
        index=models.Index(fields=['asked_unit', '-changed_at'], name='cooperation_asked_of'),
    ),
    migrations.AddIndex(
        model_name='cooperation',
        index=models.Index(fields=['state', 'needed_on'], name='cooperation_by_state'),
    ),
    migrations.AddConstraint(
        model_name='cooperation',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('promised', 'done', 'confirmed')), _negated=True), models.Q(('accepted_at__isnull', False), ('signature__isnull', False)), _connector='OR'), name='a_promise_is_signed_and_accepted'),
    ),
    migrations.AddConstraint(
        model_name='cooperation',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('signature__isnull', False), _connector='OR'), name='an_answered_cooperation_is_signed'),
    ),
    migrations.AddConstraint(
        model_name='cooperation',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['done', 'confirmed']), _negated=True), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='done_cooperation_says_by_whom'),
    ),
    migrations.AddConstraint(
        model_name='cooperation',
        constraint=models.CheckConstraint(condition=models.Q(('money__gte', 0)), name='cooperation_costs_nothing_or_more'),
    ),
    migrations.AddConstraint(
        model_name='feasibilityanswer',
        constraint=models.CheckConstraint(condition=models.Q(('feasibility', 'not_feasible'), models.Q(('doer__isnull', False), ('due_on__isnull', False)), _connector='OR'), name='what_is_feasible_says_who_and_by_when'),
    ),
    migrations.AddConstraint(
        model_name='feasibilityanswer',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('feasibility', 'conditional'), _negated=True), models.Q(('conditions', ''), _negated=True), _connector='OR'), name='a_conditional_answer_says_on_which'),
    ),
    migrations.AddConstraint(
        model_name='feasibilityanswer',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('feasibility', 'later'), _negated=True), ('from_on__isnull', False), _connector='OR'), name='a_later_answer_says_from_when'),
    ),
    migrations.AddConstraint(
        model_name='feasibilityanswer',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('feasibility', 'not_feasible'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='what_is_not_feasible_says_why'),
    ),
    migrations.AddConstraint(
        model_name='material',
        constraint=models.UniqueConstraint(fields=('unit', 'code'), name='one_material_per_code'),
    ),
    migrations.AddConstraint(
        model_name='materialneed',
        constraint=models.UniqueConstraint(fields=('plan', 'material'), name='one_need_a_material'),
    ),
    migrations.AddConstraint(
        model_name='materialneed',
        constraint=models.CheckConstraint(condition=models.Q(('pieces__gte', 1)), name='a_need_is_for_something'),
    ),
    migrations.AddConstraint(
        model_name='plantemplate',
        constraint=models.UniqueConstraint(fields=('unit', 'name'), name='one_template_a_name'),
    ),
    migrations.AddIndex(
        model_name='report',
        index=models.Index(fields=['unit', '-made_at'], name='report_of_unit'),
    ),
    migrations.AddConstraint(
        model_name='report',
        constraint=models.UniqueConstraint(fields=('kind', 'unit', 'key'), name='one_report_per_unit_and_key'),
    ),
    migrations.AddIndex(
        model_name='risk',
        index=models.Index(fields=['unit', 'state'], name='risk_of_unit'),
    ),
    migrations.AddIndex(
        model_name='risk',
        index=models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['review_on'], name='risk_review'),
    ),
    migrations.AddConstraint(
        model_name='risk',
        constraint=models.CheckConstraint(condition=models.Q(('impact__range', (1, 5)), ('probability__range', (1, 5))), name='risk_is_rated_one_to_five'),
    ),
    migrations.AddConstraint(
        model_name='risk',
        constraint=models.CheckConstraint(condition=models.Q(('trigger', 'hand'), models.Q(('alert__isnull', False), ('trigger', 'metric')), models.Q(('trigger', 'date'), ('trigger_on__isnull', False)), models.Q(('trigger', 'event'), models.Q(('trigger_event', ''), _negated=True)), _connector='OR'), name='a_trigger_says_what_it_watches'),
    ),
    migrations.AddConstraint(
        model_name='risk',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'fired'), _negated=True), ('fired_at__isnull', False), _connector='OR'), name='a_fired_risk_has_a_time'),
    ),
    migrations.AddIndex(
        model_name='task',
        index=models.Index(fields=['plan', 'starts_on'], name='task_of_plan'),
    ),
    migrations.AddIndex(
        model_name='task',
        index=models.Index(fields=['owner', 'state', 'ends_on'], name='task_of_owner'),
    ),
    migrations.AddIndex(
        model_name='task',
        index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['ends_on'], name='task_open'),
    ),
    migrations.AddConstraint(
        model_name='task',
        constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='task_ends_after_it_starts'),
    ),
    migrations.AddConstraint(
        model_name='task',
        constraint=models.CheckConstraint(condition=models.Q(('hours__gte', 0)), name='task_takes_no_negative_hours'),
    ),
    migrations.AddConstraint(
        model_name='task',
        constraint=models.CheckConstraint(condition=models.Q(('money__gte', 0)), name='task_costs_nothing_or_more'),
    ),
    migrations.AddConstraint(
        model_name='task',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state__in', ['done', 'dropped'])), models.Q(('ended_at__isnull', True), ('state__in', ['todo', 'doing'])), _connector='OR'), name='task_that_ended_has_a_time'),
    ),
    migrations.AddConstraint(
        model_name='slip',
        constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('task',), name='one_open_slip_a_task'),
    ),
    migrations.AddConstraint(
        model_name='slip',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_decided_slip_has_a_decider'),
    ),
    migrations.AddConstraint(
        model_name='fallbacktask',
        constraint=models.CheckConstraint(condition=models.Q(('days__gte', 1)), name='fallback_task_has_a_day'),
    ),
    migrations.AddConstraint(
        model_name='dependency',
        constraint=models.UniqueConstraint(fields=('before', 'after'), name='one_dependency_a_pair'),
    ),
    migrations.AddConstraint(
        model_name='dependency',
        constraint=models.CheckConstraint(condition=models.Q(('before', models.F('after')), _negated=True), name='no_task_waits_for_itself'),
    ),
    migrations.AddConstraint(
        model_name='checkitem',
        constraint=models.UniqueConstraint(fields=('task', 'position'), name='one_check_item_a_place'),
    ),
    migrations.AddConstraint(
        model_name='checkitem',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('done_by__isnull', True)), models.Q(('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='check_item_done_by_somebody'),
    ),
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0002_chain'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        ('files', '0001_stored_file'),
        ('governance', '0004_action_things'),
        ('metrics', '0002_shared_with_a_unit'),
        ('org', '0009_policies_and_budgets'),
        ('planning', '0014_goals_and_execution_are_rooms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(tables_come, tables_go, elidable=True),
        migrations.SeparateDatabaseAndState(state_operations=TABLES),
        migrations.RunPython(names_come, names_go, elidable=True),
    ]
