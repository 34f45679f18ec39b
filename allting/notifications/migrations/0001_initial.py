import allting.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=allting.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('to_person', models.UUIDField()),
                ('kind', models.CharField(max_length=64)),
                ('subject', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('language', models.CharField(max_length=8)),
                ('number', models.CharField(default='', max_length=64)),
                ('url', models.CharField(default='', max_length=300)),
                ('service', models.CharField(default='', max_length=200)),
                ('occasion', models.CharField(max_length=200, unique=True)),
                ('sent_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('sms', models.TextField(null=True)),
                ('link', models.CharField(max_length=64, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=allting.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('email', 'Email')], max_length=8)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed'), ('dead', 'Dead'), ('withheld', 'Withheld')], max_length=8)),
                ('why', models.CharField(default='', max_length=500)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('mail_id', models.CharField(max_length=200, unique=True)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='notifications.message')),
                ('name', models.CharField(max_length=200)),
                ('media_type', models.CharField(max_length=100)),
                ('content', models.BinaryField()),
                ('in_email', models.BooleanField()),
            ],
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(models.F('to_person'), models.OrderBy(models.F('id'), descending=True), name='inbox_newest_first'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(models.F('to_person'), condition=models.Q(('read_at__isnull', True)), name='inbox_unread'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['number'], name='messages_about_a_case'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notifications.message'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(models.F('id'), condition=models.Q(('state', 'dead')), name='deliveries_given_up'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('message', 'channel'), name='one_delivery_per_channel'),
        ),
    ]
