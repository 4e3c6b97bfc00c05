"""What paper needs: approach, leaders, archive and seal of a publication, renderings, waivers."""
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def make_triggers_again(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Protect publications again on SQLite, which adds a column by making the table anew."""
    if schema_editor.connection.vendor != "sqlite":
        return
    table = "measures_publication"
    for operation in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {table}_refuses_{operation.lower()} "
            f"BEFORE {operation} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('measures', '0002_append_only_triggers'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, make_triggers_again),
        migrations.AddField(
            model_name='document',
            name='approach',
            field=models.TextField(blank=True, help_text='พิมพ์ในแผน หนึ่งย่อหน้าต่อหนึ่งบรรทัด', verbose_name='แนวทางการนำผลการวิเคราะห์ไปสู่การปฏิบัติ'),
        ),
        migrations.AddField(
            model_name='document',
            name='has_annex',
            field=models.BooleanField(default=True, help_text='ภาพถ่าย เอกสาร PDF และลิงก์ พิมพ์ต่อท้ายรายงาน', verbose_name='แนบภาคผนวกหลักฐาน'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='has_leaders',
            field=models.BooleanField(default=True, help_text='หลังคำว่า ส่วนราชการ ที่ วันที่ และเรื่อง', verbose_name='พิมพ์จุดไข่ปลาในหัวบันทึกข้อความ'),
        ),
        migrations.AddField(
            model_name='publication',
            name='archive',
            field=models.FileField(blank=True, help_text='PDF/A-3 ที่แนบเนื้อหาเป็นข้อมูล', max_length=300, upload_to='', verbose_name='ไฟล์ PDF สำหรับเก็บถาวร'),
        ),
        migrations.AddField(
            model_name='publication',
            name='archive_sha256',
            field=models.CharField(blank=True, max_length=64, verbose_name='ค่าแฮชของ PDF ถาวร'),
        ),
        migrations.AddField(
            model_name='publication',
            name='sealed_by',
            field=models.CharField(blank=True, help_text='ว่าง = ไม่ได้ประทับตรา', max_length=300, verbose_name='ประทับตราอิเล็กทรอนิกส์โดย'),
        ),
        migrations.AlterField(
            model_name='document',
            name='layout',
            field=models.CharField(choices=[('memo_status', 'บันทึกข้อความพร้อมตารางสถานะการดำเนินการ'), ('memo_photos', 'บันทึกข้อความพร้อมตารางผลและภาพถ่าย'), ('indicator_table', 'ตารางแนวนอนตามตัวชี้วัด'), ('item_narrative', 'รายงานเรียงความรายข้อประเมิน'), ('cover_table', 'ปกและตารางแนวนอน มาตรการละหนึ่งหน้า')], max_length=40, verbose_name='รูปแบบ'),
        ),
        migrations.AlterField(
            model_name='event',
            name='verb',
            field=models.CharField(choices=[('progress_recorded', 'บันทึกผลการดำเนินการ'), ('evidence_added', 'เพิ่มหลักฐาน'), ('evidence_removed', 'นำหลักฐานออก'), ('round_opened', 'เปิดรอบการรายงาน'), ('round_rescheduled', 'เปลี่ยนกำหนดของรอบการรายงาน'), ('round_closed', 'ปิดรอบการรายงาน'), ('round_reopened', 'เปิดรอบการรายงานอีกครั้ง'), ('measure_saved', 'บันทึกมาตรการ'), ('measure_deleted', 'ลบมาตรการ'), ('document_compiled', 'จัดทำร่างเอกสาร'), ('document_edited', 'แก้ไขเอกสาร'), ('document_reopened', 'นำเอกสารกลับมาแก้ไข'), ('remark_waived', 'ยกเว้นข้อสังเกตจากการตรวจทาน'), ('waiver_withdrawn', 'ถอนการยกเว้นข้อสังเกต'), ('submitted', 'เสนอลงนาม'), ('signed', 'ลงนามผู้จัดทำ'), ('approved', 'เห็นชอบ'), ('finally_approved', 'อนุมัติ'), ('returned', 'ส่งกลับแก้ไข'), ('refused', 'ไม่อนุมัติ'), ('recalled', 'เรียกคืนเอกสาร'), ('published', 'เผยแพร่'), ('correction_started', 'เริ่มจัดทำฉบับแก้ไข'), ('record_changed', 'แก้ไขข้อมูลในระบบหลังบ้าน'), ('record_deleted', 'ลบข้อมูลในระบบหลังบ้าน'), ('imported', 'นำเข้าข้อมูล')], max_length=30, verbose_name='เหตุการณ์'),
        ),
        migrations.CreateModel(
            name='Rendering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('preview', 'ดูตัวอย่าง'), ('publication', 'เผยแพร่')], default='preview', max_length=20, verbose_name='เพื่อ')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='ค่าแฮชของเนื้อหา')),
                ('state', models.CharField(choices=[('waiting', 'รอจัดทำ'), ('running', 'กำลังจัดทำ'), ('done', 'จัดทำเสร็จแล้ว'), ('failed', 'จัดทำไม่สำเร็จ')], default='waiting', max_length=20, verbose_name='สถานะ')),
                ('parts_done', models.PositiveIntegerField(default=0, verbose_name='ส่วนที่เสร็จ')),
                ('parts_total', models.PositiveIntegerField(default=0, verbose_name='ส่วนทั้งหมด')),
                ('file', models.FileField(blank=True, max_length=300, upload_to='', verbose_name='ไฟล์ PDF')),
                ('problem', models.TextField(blank=True, verbose_name='เหตุที่ไม่สำเร็จ')),
                ('requested_at', models.DateTimeField(verbose_name='ขอเมื่อ')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='สิ้นสุดเมื่อ')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renderings', to='measures.document', verbose_name='เอกสาร')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ขอโดย')),
            ],
            options={
                'verbose_name': 'การจัดทำไฟล์',
                'verbose_name_plural': 'การจัดทำไฟล์',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('document', 'purpose', 'content_sha256'), name='same_paper_is_drawn_once'), models.CheckConstraint(condition=models.Q(('parts_done__lte', models.F('parts_total'))), name='rendering_parts_done_are_at_most_all'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ['waiting', 'running'])), models.Q(('ended_at__isnull', False), ('state__in', ['done', 'failed'])), _connector='OR'), name='rendering_that_ended_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=50, verbose_name='ข้อตรวจ')),
                ('fingerprint', models.CharField(max_length=64, verbose_name='ลายนิ้วมือของข้อสังเกต')),
                ('message', models.CharField(max_length=1000, verbose_name='ข้อสังเกต')),
                ('reason', models.TextField(verbose_name='เหตุผลที่ยกเว้น')),
                ('waived_at', models.DateTimeField(verbose_name='ยกเว้นเมื่อ')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waivers', to='measures.document', verbose_name='เอกสาร')),
                ('waived_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ยกเว้นโดย')),
            ],
            options={
                'verbose_name': 'การยกเว้นข้อสังเกต',
                'verbose_name_plural': 'การยกเว้นข้อสังเกต',
                'ordering': ['document', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('document', 'fingerprint'), name='remark_is_waived_once_per_document'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='waiver_has_a_reason')],
            },
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['pdf_sha256'], name='publication_pdf'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['archive_sha256'], name='publication_archive'),
        ),
        migrations.RunPython(make_triggers_again, migrations.RunPython.noop),
    ]
