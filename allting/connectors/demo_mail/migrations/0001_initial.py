from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('arrived_at', models.DateTimeField()),
                ('to', models.CharField(max_length=320)),
                ('subject', models.CharField(max_length=300)),
                ('mail_id', models.CharField(db_index=True, max_length=300)),
                ('source', models.BinaryField()),
            ],
        ),
    ]
