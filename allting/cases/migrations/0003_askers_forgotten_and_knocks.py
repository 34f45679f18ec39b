from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_lengths_and_askers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Knock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(max_length=64)),
                ('span', models.BigIntegerField()),
                ('times', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('who', 'span'), name='one_count_a_span')],
                'indexes': [models.Index(fields=['span'], name='knocks_that_are_over')],
            },
        ),
        migrations.AddIndex(
            model_name='asker',
            index=models.Index("id", condition=~models.Q(email="", phone=""), name="askers_who_are_reached"),
        ),
    ]
