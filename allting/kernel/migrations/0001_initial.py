from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('every', models.CharField(max_length=100)),
                ('next_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=64)),
                ('verb', models.CharField(max_length=64)),
                ('what', models.CharField(max_length=200)),
                ('details', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['what', 'id'], name='audit_of_a_thing')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.CharField(max_length=200)),
                ('arguments', models.JSONField()),
                ('priority', models.SmallIntegerField(default=0)),
                ('schedule', models.CharField(max_length=100, null=True)),
                ('state', models.CharField(choices=[('later', 'Later'), ('ready', 'Ready'), ('running', 'Running'), ('done', 'Done'), ('dead', 'Dead')], max_length=7)),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('max_attempts', models.PositiveIntegerField()),
                ('worker', models.CharField(default='', max_length=100)),
                ('errors', models.JSONField(default=list)),
                ('result', models.JSONField(null=True)),
                ('enqueued_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('attempted_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(models.OrderBy(models.F('priority'), descending=True), models.F('id'), condition=models.Q(('state', 'ready')), name='jobs_to_take'), models.Index(models.F('due_at'), condition=models.Q(('state__in', ['later', 'running'])), name='jobs_to_wake'), models.Index(models.F('finished_at'), condition=models.Q(('state', 'done')), name='jobs_to_prune'), models.Index(models.F('id'), condition=models.Q(('state', 'dead')), name='jobs_given_up')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['later', 'ready', 'running'])), fields=('schedule',), name='one_open_job_per_schedule')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=32)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveBigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'year'), name='one_row_per_series_and_year')],
            },
        ),
    ]
