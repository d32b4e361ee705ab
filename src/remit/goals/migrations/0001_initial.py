"""Strategies and goals, a room of their own.

Where ``planning`` stands in the house, its tables are these: its migration 0007 makes them, 0014 hands them
over, data and all. Without it they are made here. So this room needs nothing of what stands above it.
"""

import django.db.models.deletion
from django.apps import apps as installed
from django.conf import settings
from django.db import migrations, models


class MadeHereOrHandedOver(migrations.SeparateDatabaseAndState):
    """Makes the tables, unless the room above has them and hands them over."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if not installed.is_installed("remit.planning"):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if not installed.is_installed("remit.planning"):
            super().database_backwards(app_label, schema_editor, from_state, to_state)


TABLES = [
    migrations.CreateModel(
        name='Strategy',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('title', models.CharField(max_length=120, verbose_name='title')),
            ('summary', models.TextField(blank=True, max_length=2000, verbose_name='what it says')),
            ('starts_on', models.DateField(verbose_name='starts on')),
            ('ends_on', models.DateField(verbose_name='ends on')),
            ('made_at', models.DateTimeField()),
            ('changed_at', models.DateTimeField()),
            ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='unit')),
        ],
    ),
    migrations.CreateModel(
        name='Source',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('kind', models.CharField(choices=[('research', 'Market research'), ('competitor', 'Competitor report'), ('other', 'Other material')], max_length=10, verbose_name='kind')),
            ('title', models.CharField(max_length=200, verbose_name='title')),
            ('place', models.CharField(blank=True, max_length=300, verbose_name='where it lies')),
            ('dated_on', models.DateField(verbose_name='dated')),
            ('stale_days', models.PositiveSmallIntegerField(null=True, verbose_name='stale after days')),
            ('stale_on', models.DateField(null=True, verbose_name='stale on')),
            ('at', models.DateTimeField()),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='goals.strategy')),
        ],
    ),
    migrations.CreateModel(
        name='Goal',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('path', models.CharField(blank=True, db_index=True, max_length=255)),
            ('title', models.CharField(max_length=160, verbose_name='title')),
            ('metric', models.CharField(blank=True, max_length=60, verbose_name='metric')),
            ('where', models.JSONField(blank=True, default=list)),
            ('measured_in', models.CharField(blank=True, choices=[('count', 'A number'), ('money', 'Money'), ('percent', 'A percentage'), ('ratio', 'A ratio')], max_length=10)),
            ('grows', models.BooleanField(default=True)),
            ('currency', models.CharField(blank=True, max_length=3)),
            ('baseline', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='baseline')),
            ('baseline_first', models.DateField(blank=True, null=True)),
            ('baseline_last', models.DateField(blank=True, null=True)),
            ('growth', models.DecimalField(blank=True, decimal_places=6, max_digits=10, null=True)),
            ('target', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name='target')),
            ('starts_on', models.DateField(blank=True, null=True, verbose_name='starts on')),
            ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
            ('money', models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name='money')),
            ('resources', models.TextField(blank=True, max_length=600, verbose_name='resources')),
            ('lever', models.CharField(blank=True, choices=[('launch', 'Launch'), ('festival', 'Festival promotion'), ('channel', 'Channel depth'), ('repurchase', 'Member repurchase')], max_length=10, verbose_name='lever')),
            ('is_part', models.BooleanField(default=False)),
            ('cut', models.CharField(blank=True, choices=[('quarter', 'Quarters'), ('month', 'Months'), ('unit', 'Units below')], max_length=10)),
            ('split_by', models.CharField(blank=True, choices=[('shares', 'Shares'), ('history', 'The same days a year before'), ('forecast', 'Forecast'), ('hand', 'By hand')], max_length=10)),
            ('state', models.CharField(choices=[('draft', 'Draft'), ('active', 'In force'), ('ended', 'Ended'), ('dropped', 'Dropped')], default='draft', max_length=10, verbose_name='state')),
            ('activated_at', models.DateTimeField(null=True)),
            ('ended_at', models.DateTimeField(null=True)),
            ('end_reason', models.CharField(blank=True, max_length=300)),
            ('made_at', models.DateTimeField()),
            ('changed_at', models.DateTimeField()),
            ('activated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
            ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='goals.goal')),
            ('partners', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='unit')),
            ('strategy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='goals.strategy')),
        ],
    ),
    migrations.CreateModel(
        name='ManualReading',
        fields=[
            ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('on', models.DateField(verbose_name='day')),
            ('value', models.DecimalField(decimal_places=6, max_digits=20, verbose_name='value')),
            ('source', models.CharField(max_length=200, verbose_name='where it comes from')),
            ('at', models.DateTimeField()),
            ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='goals.goal')),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('goal', 'on'), name='one_reading_a_day')],
        },
    ),
    migrations.AddIndex(
        model_name='strategy',
        index=models.Index(fields=['unit', '-starts_on'], name='strategy_of_unit'),
    ),
    migrations.AddConstraint(
        model_name='strategy',
        constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='strategy_ends_after_it_starts'),
    ),
    migrations.AddConstraint(
        model_name='strategy',
        constraint=models.UniqueConstraint(fields=('unit', 'title', 'starts_on'), name='one_strategy_of_a_title'),
    ),
    migrations.AddConstraint(
        model_name='source',
        constraint=models.CheckConstraint(condition=models.Q(('stale_days__isnull', True), ('stale_on__isnull', True), _connector='XOR'), name='a_source_goes_stale_by_days_or_on_a_day'),
    ),
    migrations.AddIndex(
        model_name='goal',
        index=models.Index(fields=['unit', 'path'], name='goal_of_unit'),
    ),
    migrations.AddIndex(
        model_name='goal',
        index=models.Index(fields=['owner', 'path'], name='goal_of_owner'),
    ),
    migrations.AddConstraint(
        model_name='goal',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['active', 'ended']), _negated=True), models.Q(('activated_at__isnull', False), ('activated_by__isnull', False), ('baseline__isnull', False), ('ends_on__isnull', False), ('owner__isnull', False), ('starts_on__isnull', False), ('target__isnull', False), models.Q(('metric', ''), _negated=True), models.Q(('money__isnull', False), models.Q(('resources', ''), _negated=True), _connector='OR')), _connector='OR'), name='a_goal_in_force_is_complete'),
    ),
    migrations.AddConstraint(
        model_name='goal',
        constraint=models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='goal_ends_after_it_starts'),
    ),
    migrations.AddConstraint(
        model_name='goal',
        constraint=models.CheckConstraint(condition=models.Q(('is_part', False), ('parent__isnull', False), _connector='OR'), name='a_part_has_a_whole'),
    ),
    migrations.AddConstraint(
        model_name='goal',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['ended', 'dropped']), _negated=True), ('ended_at__isnull', False), _connector='OR'), name='a_goal_that_ended_has_a_time'),
    ),
    migrations.AddConstraint(
        model_name='goal',
        constraint=models.CheckConstraint(condition=models.Q(models.Q(('cut', ''), ('split_by', '')), models.Q(models.Q(('cut', ''), _negated=True), models.Q(('split_by', ''), _negated=True)), _connector='OR'), name='a_split_says_by_what'),
    ),
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('org', '0009_policies_and_budgets'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [MadeHereOrHandedOver(database_operations=TABLES, state_operations=TABLES)]
