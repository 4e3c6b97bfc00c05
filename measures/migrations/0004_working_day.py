"""The working day: rounds that close, permits, revisions, targets, notices, people, reviews."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('measures', '0003_paper'),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=1000, verbose_name='ลิงก์')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='ตรวจเมื่อ')),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='รหัสตอบกลับ')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='ชื่อหน้าเว็บ')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='ปัญหาที่พบ')),
                ('dead_since', models.DateTimeField(blank=True, null=True, verbose_name='เปิดไม่ได้ตั้งแต่')),
            ],
            options={
                'verbose_name': 'ลิงก์ที่ตรวจ',
                'verbose_name_plural': 'ลิงก์ที่ตรวจ',
                'ordering': ['organisation', 'url'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', 'อีเมล'), ('webhook', 'เว็บฮุก'), ('line', 'LINE Messaging API')], max_length=10, verbose_name='ช่องทาง')),
                ('is_digest', models.BooleanField(default=False, verbose_name='รวมส่งวันละครั้ง')),
                ('day', models.DateField(verbose_name='วันที่ส่ง')),
                ('address', models.CharField(max_length=500, verbose_name='ส่งไปที่')),
                ('subject', models.CharField(max_length=600, verbose_name='หัวข้อ')),
                ('body', models.TextField(verbose_name='ข้อความ')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='ส่งสำเร็จเมื่อ')),
                ('problem', models.CharField(blank=True, max_length=500, verbose_name='ปัญหาที่พบ')),
            ],
            options={
                'verbose_name': 'การส่งข้อความ',
                'verbose_name_plural': 'การส่งข้อความ',
                'ordering': ['-day', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Guidance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('status', 'สถานะการดำเนินการ'), ('status_note', 'หมายเหตุสถานะ'), ('result', 'ผลการดำเนินการ'), ('outcome', 'ผลลัพธ์/ความสำเร็จ'), ('suggestion', 'ข้อเสนอแนะ')], max_length=20, verbose_name='ช่อง')),
                ('text', models.TextField(blank=True, verbose_name='คำแนะนำ')),
                ('example', models.TextField(blank=True, verbose_name='ตัวอย่างที่ดี')),
            ],
            options={
                'verbose_name': 'คำแนะนำการกรอก',
                'verbose_name_plural': 'คำแนะนำการกรอก',
                'ordering': ['organisation', 'field'],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('takes_effect_on', models.DateField(verbose_name='ตั้งแต่วันที่')),
                ('content', models.JSONField(verbose_name='รายการที่ส่งมอบ')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='ค่าแฮชของรายการ')),
                ('handed_at', models.DateTimeField(verbose_name='ส่งมอบเมื่อ')),
            ],
            options={
                'verbose_name': 'การส่งมอบงาน',
                'verbose_name_plural': 'การส่งมอบงาน',
                'ordering': ['organisation', '-handed_at'],
            },
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(unique=True, verbose_name='วันที่')),
                ('name', models.CharField(max_length=200, verbose_name='ชื่อวันหยุด')),
                ('source', models.CharField(max_length=300, verbose_name='ที่มา')),
            ],
            options={
                'verbose_name': 'วันหยุดราชการ',
                'verbose_name_plural': 'วันหยุดราชการ',
                'ordering': ['date'],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='ดำรงตำแหน่งตั้งแต่วันที่')),
                ('email', models.EmailField(max_length=254, verbose_name='อีเมล')),
                ('title', models.CharField(blank=True, max_length=50, verbose_name='คำนำหน้าชื่อ')),
                ('first_name', models.CharField(max_length=150, verbose_name='ชื่อ')),
                ('last_name', models.CharField(max_length=150, verbose_name='นามสกุล')),
                ('token_sha256', models.CharField(editable=False, max_length=64, unique=True)),
                ('invited_at', models.DateTimeField(verbose_name='เชิญเมื่อ')),
                ('expires_at', models.DateTimeField(verbose_name='หมดอายุ')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='ตอบรับเมื่อ')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='ถอนเมื่อ')),
            ],
            options={
                'verbose_name': 'คำเชิญ',
                'verbose_name_plural': 'คำเชิญ',
                'ordering': ['organisation', '-invited_at'],
            },
        ),
        migrations.CreateModel(
            name='LatePermit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='เหตุผลที่อนุญาต')),
                ('allowed_until', models.DateField(verbose_name='อนุญาตถึงวันที่')),
                ('granted_at', models.DateTimeField(verbose_name='อนุญาตเมื่อ')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='ถอนเมื่อ')),
            ],
            options={
                'verbose_name': 'การอนุญาตให้รายงานหลังปิดรอบ',
                'verbose_name_plural': 'การอนุญาตให้รายงานหลังปิดรอบ',
                'ordering': ['entry', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('your_turn', 'รอท่านพิจารณาลงนาม'), ('passed_on', 'เอกสารผ่านการพิจารณาไปอีกขั้น'), ('returned', 'เอกสารถูกส่งกลับหรือไม่อนุมัติ'), ('approved', 'เอกสารอนุมัติแล้ว'), ('recalled', 'เอกสารที่รอท่านถูกเรียกคืน'), ('stalled', 'เอกสารค้างการพิจารณา'), ('round_opened', 'เปิดรอบการรายงาน'), ('round_due', 'ใกล้ครบกำหนดรายงาน'), ('round_overdue', 'เลยกำหนดรายงาน'), ('late_permit', 'ได้รับอนุญาตให้รายงานหลังปิดรอบ'), ('evidence_problem', 'หลักฐานมีปัญหา'), ('duties', 'ตำแหน่งและงานที่รับมอบ')], max_length=20, verbose_name='เรื่อง')),
                ('key', models.CharField(max_length=200, verbose_name='โอกาสที่แจ้ง')),
                ('subject', models.CharField(max_length=600, verbose_name='หัวข้อ')),
                ('body', models.TextField(verbose_name='ข้อความ')),
                ('path', models.CharField(max_length=300, verbose_name='หน้าที่เกี่ยวข้อง')),
                ('created_at', models.DateTimeField(verbose_name='แจ้งเมื่อ')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='อ่านเมื่อ')),
            ],
            options={
                'verbose_name': 'การแจ้งเตือน',
                'verbose_name_plural': 'การแจ้งเตือน',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeChannel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('webhook', 'เว็บฮุก'), ('line', 'LINE Messaging API')], max_length=10, verbose_name='ช่องทาง')),
                ('address', models.URLField(blank=True, help_text='ของเว็บฮุก ขึ้นต้นด้วย https://', max_length=500, verbose_name='ที่อยู่รับข้อความ')),
                ('secret', models.CharField(help_text='กุญแจลงนามของเว็บฮุก หรือ channel access token ของ LINE', max_length=500, verbose_name='รหัสลับ')),
                ('is_active', models.BooleanField(default=True, verbose_name='ใช้งาน')),
            ],
            options={
                'verbose_name': 'ช่องทางแจ้งเตือนของหน่วยงาน',
                'verbose_name_plural': 'ช่องทางแจ้งเตือนของหน่วยงาน',
                'ordering': ['organisation', 'channel'],
            },
        ),
        migrations.CreateModel(
            name='ProgressRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=40, verbose_name='ช่อง')),
                ('entry_version', models.PositiveIntegerField(verbose_name='ฉบับที่ของรายการ')),
                ('text', models.TextField(blank=True, verbose_name='ข้อความ')),
                ('key', models.UUIDField(blank=True, null=True, verbose_name='รหัสคำขอ')),
                ('saved_at', models.DateTimeField(verbose_name='บันทึกเมื่อ')),
            ],
            options={
                'verbose_name': 'ข้อความที่บันทึก',
                'verbose_name_plural': 'ข้อความที่บันทึก',
                'ordering': ['entry', '-entry_version', 'field'],
            },
        ),
        migrations.CreateModel(
            name='ReviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reviewer', models.CharField(help_text='เช่น ที่ว่าการอำเภอ กลุ่มงานส่งเสริมการปกครองท้องถิ่น', max_length=300, verbose_name='ให้ผู้ใดอ่าน')),
                ('token_sha256', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(verbose_name='ให้เมื่อ')),
                ('expires_at', models.DateTimeField(verbose_name='หมดอายุ')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='ยกเลิกเมื่อ')),
            ],
            options={
                'verbose_name': 'ลิงก์อ่านร่าง',
                'verbose_name_plural': 'ลิงก์อ่านร่าง',
                'ordering': ['document', '-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ReviewVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='เมื่อ')),
                ('network', models.CharField(blank=True, max_length=50, verbose_name='เครือข่าย')),
                ('browser', models.CharField(blank=True, max_length=300, verbose_name='โปรแกรมที่ใช้เปิด')),
            ],
            options={
                'verbose_name': 'การเปิดลิงก์อ่านร่าง',
                'verbose_name_plural': 'การเปิดลิงก์อ่านร่าง',
                'ordering': ['link', '-at'],
            },
        ),
        migrations.CreateModel(
            name='SignoffComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=100, verbose_name='ตำแหน่งในเอกสาร')),
                ('place_name', models.CharField(max_length=300, verbose_name='ชื่อตำแหน่งในเอกสาร')),
                ('text', models.TextField(verbose_name='ข้อความ')),
            ],
            options={
                'verbose_name': 'ข้อทักท้วงเฉพาะจุด',
                'verbose_name_plural': 'ข้อทักท้วงเฉพาะจุด',
                'ordering': ['step', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StepMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('marked_at', models.DateTimeField(verbose_name='ทำเครื่องหมายเมื่อ')),
            ],
            options={
                'verbose_name': 'ขั้นตอนที่เสร็จแล้ว',
                'verbose_name_plural': 'ขั้นตอนที่เสร็จแล้ว',
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='ลำดับ')),
                ('name', models.CharField(max_length=300, verbose_name='ตัวชี้วัดเป้าหมาย')),
                ('unit', models.CharField(max_length=50, verbose_name='หน่วยนับ')),
                ('baseline', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='ค่าตั้งต้น')),
                ('goal', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='ค่าเป้าหมาย')),
                ('fold', models.CharField(choices=[('sum', 'รวมกัน'), ('average', 'เฉลี่ย')], default='sum', max_length=10, verbose_name='เมื่อหลายส่วนราชการรายงาน')),
            ],
            options={
                'verbose_name': 'เป้าหมาย',
                'verbose_name_plural': 'เป้าหมาย',
                'ordering': ['measure', 'number'],
            },
        ),
        migrations.CreateModel(
            name='TargetValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='ผลที่ได้')),
                ('recorded_at', models.DateTimeField(verbose_name='บันทึกเมื่อ')),
            ],
            options={
                'verbose_name': 'ผลตามเป้าหมาย',
                'verbose_name_plural': 'ผลตามเป้าหมาย',
            },
        ),
        migrations.AddField(
            model_name='evidence',
            name='is_scan',
            field=models.BooleanField(default=False, help_text='ไฟล์ PDF ที่ไม่มีข้อความให้ค้นหรือคัดลอก', verbose_name='เป็นเอกสารสแกน'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='large',
            field=models.FileField(blank=True, max_length=300, upload_to='', verbose_name='ภาพขยาย'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='perceptual_hash',
            field=models.CharField(blank=True, help_text='ใช้สังเกตภาพที่ใช้ซ้ำ', max_length=16, verbose_name='ลายนิ้วมือของภาพ'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='preparation',
            field=models.CharField(choices=[('waiting', 'กำลังเตรียมภาพ'), ('ready', 'พร้อมใช้'), ('failed', 'เตรียมภาพไม่สำเร็จ')], default='ready', max_length=10, verbose_name='การเตรียมภาพ'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='scan_verdict',
            field=models.CharField(choices=[('not_scanned', 'ไม่ได้ตรวจไวรัส'), ('clean', 'ตรวจแล้ว ไม่พบไวรัส'), ('infected', 'พบไวรัส')], default='not_scanned', max_length=12, verbose_name='การตรวจไวรัส'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='scanned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ตรวจไวรัสเมื่อ'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='small',
            field=models.FileField(blank=True, max_length=300, upload_to='', verbose_name='ภาพย่อ'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='text',
            field=models.TextField(blank=True, verbose_name='ข้อความในไฟล์'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='escalation_working_days',
            field=models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='แจ้งหัวหน้าเมื่อการลงนามค้าง (วันทำการ)'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='mfa_required_from',
            field=models.DateField(blank=True, help_text='สำหรับผู้ลงนามและผู้ดูแลบัญชี เว้นว่างไว้หากยังไม่บังคับ', null=True, verbose_name='ต้องยืนยันตัวตนสองขั้นตั้งแต่วันที่'),
        ),
        migrations.AddField(
            model_name='post',
            name='administers',
            field=models.BooleanField(default=False, help_text='เชิญผู้ใช้งาน ให้ดำรงตำแหน่ง และสิ้นสุดการดำรงตำแหน่งของหน่วยงาน', verbose_name='ดูแลบัญชีและตำแหน่ง'),
        ),
        migrations.AddField(
            model_name='post',
            name='receives_escalations',
            field=models.BooleanField(default=False, help_text='เมื่อเอกสารค้างที่ตำแหน่งใดครบจำนวนวันทำการที่หน่วยงานกำหนด', verbose_name='รับแจ้งเมื่อการลงนามค้าง'),
        ),
        migrations.AddField(
            model_name='postholding',
            name='order_file',
            field=models.FileField(blank=True, max_length=300, upload_to='', verbose_name='ไฟล์คำสั่ง'),
        ),
        migrations.AddField(
            model_name='postholding',
            name='order_file_sha256',
            field=models.CharField(blank=True, max_length=64, verbose_name='ค่าแฮชของไฟล์คำสั่ง'),
        ),
        migrations.AddField(
            model_name='reportinground',
            name='closes_on',
            field=models.DateField(blank=True, help_text='พ้นวันนี้แล้วรอบปิดเอง เว้นว่างไว้ รอบจะเปิดจนกว่าผู้ประสานงานปิด', null=True, verbose_name='วันสุดท้ายที่รับรายงาน'),
        ),
        migrations.AddField(
            model_name='step',
            name='due_on',
            field=models.DateField(blank=True, null=True, verbose_name='กำหนดแล้วเสร็จ'),
        ),
        migrations.AddField(
            model_name='user',
            name='line_user_id',
            field=models.CharField(blank=True, help_text='ขึ้นต้นด้วย U ได้จากบัญชี LINE ของหน่วยงาน', max_length=64, verbose_name='รหัสผู้ใช้ LINE'),
        ),
        migrations.AddField(
            model_name='user',
            name='unmailed_kinds',
            field=models.JSONField(blank=True, default=list, help_text='ยังเห็นได้ในกล่องข้อความ', verbose_name='เรื่องที่ไม่ต้องส่งอีเมล'),
        ),
        migrations.AlterField(
            model_name='event',
            name='verb',
            field=models.CharField(choices=[('progress_recorded', 'บันทึกผลการดำเนินการ'), ('evidence_added', 'เพิ่มหลักฐาน'), ('evidence_removed', 'นำหลักฐานออก'), ('round_opened', 'เปิดรอบการรายงาน'), ('round_rescheduled', 'เปลี่ยนกำหนดของรอบการรายงาน'), ('round_closed', 'ปิดรอบการรายงาน'), ('round_reopened', 'เปิดรอบการรายงานอีกครั้ง'), ('measure_saved', 'บันทึกมาตรการ'), ('measure_deleted', 'ลบมาตรการ'), ('document_compiled', 'จัดทำร่างเอกสาร'), ('document_edited', 'แก้ไขเอกสาร'), ('document_reopened', 'นำเอกสารกลับมาแก้ไข'), ('remark_waived', 'ยกเว้นข้อสังเกตจากการตรวจทาน'), ('waiver_withdrawn', 'ถอนการยกเว้นข้อสังเกต'), ('submitted', 'เสนอลงนาม'), ('signed', 'ลงนามผู้จัดทำ'), ('approved', 'เห็นชอบ'), ('finally_approved', 'อนุมัติ'), ('returned', 'ส่งกลับแก้ไข'), ('refused', 'ไม่อนุมัติ'), ('recalled', 'เรียกคืนเอกสาร'), ('published', 'เผยแพร่'), ('correction_started', 'เริ่มจัดทำฉบับแก้ไข'), ('record_changed', 'แก้ไขข้อมูลในระบบหลังบ้าน'), ('record_deleted', 'ลบข้อมูลในระบบหลังบ้าน'), ('imported', 'นำเข้าข้อมูล'), ('late_permitted', 'อนุญาตให้รายงานหลังปิดรอบ'), ('late_permit_withdrawn', 'ถอนการอนุญาตให้รายงานหลังปิดรอบ'), ('measure_amended', 'แก้ไขมาตรการหลังลงนามแผน'), ('evidence_scanned', 'ตรวจไวรัสในหลักฐาน'), ('invited', 'เชิญผู้ใช้งาน'), ('invitation_accepted', 'ตอบรับคำเชิญ'), ('invitation_withdrawn', 'ถอนคำเชิญ'), ('appointed', 'ให้ดำรงตำแหน่งหรือรักษาการ'), ('holding_ended', 'สิ้นสุดการดำรงตำแหน่ง'), ('handed_over', 'ส่งมอบงาน'), ('review_link_made', 'ให้ลิงก์อ่านร่างแก่ผู้ตรวจภายนอก'), ('review_link_revoked', 'ยกเลิกลิงก์อ่านร่าง')], max_length=30, verbose_name='เหตุการณ์'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='derived',
            field=models.FileField(blank=True, max_length=300, upload_to='', verbose_name='ไฟล์ที่ใช้แสดงและพิมพ์'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='kind',
            field=models.CharField(choices=[('photo', 'ภาพถ่าย'), ('pdf', 'เอกสาร PDF'), ('word', 'เอกสาร Word'), ('sheet', 'ตาราง Excel'), ('link', 'ลิงก์')], max_length=10, verbose_name='ประเภท'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['sha256'], name='evidence_sha256'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scan_verdict', 'not_scanned'), ('scanned_at', None)), models.Q(models.Q(('scan_verdict', 'not_scanned'), _negated=True), ('scanned_at__isnull', False)), _connector='OR'), name='evidence_scan_says_when'),
        ),
        migrations.AddConstraint(
            model_name='postholding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('order_file', ''), ('order_file_sha256', '')), models.Q(models.Q(('order_file', ''), _negated=True), models.Q(('order_file_sha256', ''), _negated=True)), _connector='OR'), name='holding_order_file_is_hashed'),
        ),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on', None), ('closes_on__gte', models.F('due_on')), _connector='OR'), name='round_closes_after_it_is_due'),
        ),
        migrations.AddField(
            model_name='checkedlink',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checked_links', to='measures.organisation', verbose_name='หน่วยงาน'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='measures.organisation', verbose_name='หน่วยงาน'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to=settings.AUTH_USER_MODEL, verbose_name='ผู้รับ'),
        ),
        migrations.AddField(
            model_name='guidance',
            name='organisation',
            field=models.ForeignKey(blank=True, help_text='ว่าง = ของทั้งระบบ ใช้เมื่อหน่วยงานไม่ได้เขียนเอง', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guidance', to='measures.organisation', verbose_name='หน่วยงาน'),
        ),
        migrations.AddField(
            model_name='handover',
            name='from_user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้ส่งมอบ'),
        ),
        migrations.AddField(
            model_name='handover',
            name='handed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้บันทึกการส่งมอบ'),
        ),
        migrations.AddField(
            model_name='handover',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='measures.organisation', verbose_name='หน่วยงาน'),
        ),
        migrations.AddField(
            model_name='handover',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='measures.post', verbose_name='ตำแหน่ง'),
        ),
        migrations.AddField(
            model_name='handover',
            name='to_user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้รับมอบ'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='accepted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='บัญชีที่ได้'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='invited_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='เชิญโดย'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='measures.organisation', verbose_name='หน่วยงาน'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.post', verbose_name='ตำแหน่ง'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ถอนโดย'),
        ),
        migrations.AddField(
            model_name='latepermit',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late_permits', to='measures.progressentry', verbose_name='ผลการดำเนินการ'),
        ),
        migrations.AddField(
            model_name='latepermit',
            name='granted_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='อนุญาตโดย'),
        ),
        migrations.AddField(
            model_name='latepermit',
            name='person',
            field=models.ForeignKey(blank=True, help_text='ว่าง = ทุกคนที่รายงานของส่วนราชการนั้น', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้ได้รับอนุญาต'),
        ),
        migrations.AddField(
            model_name='latepermit',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ถอนโดย'),
        ),
        migrations.AddField(
            model_name='progressentry',
            name='has_status',
            field=models.BooleanField(default=False, editable=False, help_text='รายการที่มีแต่ข้อความ ยังไม่เลือกสถานะ ถือว่ายังไม่รายงาน', verbose_name='เลือกสถานะแล้ว'),
        ),
        migrations.AddField(
            model_name='progressentry',
            name='late_permit',
            field=models.ForeignKey(blank=True, editable=False, help_text='การอนุญาตที่ใช้บันทึกรายการนี้หลังปิดรอบ แสดงต่อสาธารณะว่ารายงานล่าช้า', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.latepermit', verbose_name='รายงานล่าช้าตามที่อนุญาต'),
        ),
        migrations.AddField(
            model_name='notice',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='measures.organisation', verbose_name='หน่วยงาน'),
        ),
        migrations.AddField(
            model_name='notice',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='ผู้รับ'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='notices',
            field=models.ManyToManyField(related_name='deliveries', to='measures.notice', verbose_name='การแจ้งเตือน'),
        ),
        migrations.AddField(
            model_name='noticechannel',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notice_channels', to='measures.organisation', verbose_name='หน่วยงาน'),
        ),
        migrations.AddField(
            model_name='progressrevision',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='measures.progressentry', verbose_name='ผลการดำเนินการ'),
        ),
        migrations.AddField(
            model_name='progressrevision',
            name='saved_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='บันทึกโดย'),
        ),
        migrations.AddField(
            model_name='reviewlink',
            name='created_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ให้โดย'),
        ),
        migrations.AddField(
            model_name='reviewlink',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_links', to='measures.document', verbose_name='เอกสาร'),
        ),
        migrations.AddField(
            model_name='reviewlink',
            name='revoked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ยกเลิกโดย'),
        ),
        migrations.AddField(
            model_name='reviewvisit',
            name='link',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='measures.reviewlink', verbose_name='ลิงก์อ่านร่าง'),
        ),
        migrations.AddField(
            model_name='signoffcomment',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='measures.signoffstep', verbose_name='ลำดับการพิจารณา'),
        ),
        migrations.AddField(
            model_name='stepmark',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='step_marks', to='measures.progressentry', verbose_name='ผลการดำเนินการ'),
        ),
        migrations.AddField(
            model_name='stepmark',
            name='marked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ทำเครื่องหมายโดย'),
        ),
        migrations.AddField(
            model_name='stepmark',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='measures.step', verbose_name='ขั้นตอน'),
        ),
        migrations.AddField(
            model_name='target',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='measures.measure', verbose_name='มาตรการ'),
        ),
        migrations.AddField(
            model_name='targetvalue',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='target_values', to='measures.progressentry', verbose_name='ผลการดำเนินการ'),
        ),
        migrations.AddField(
            model_name='targetvalue',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='บันทึกโดย'),
        ),
        migrations.AddField(
            model_name='targetvalue',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='measures.target', verbose_name='เป้าหมาย'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.CheckConstraint(condition=models.Q(('has_status', False), ('updated_at__isnull', False), _connector='OR'), name='reported_entry_has_been_written'),
        ),
        migrations.AddConstraint(
            model_name='checkedlink',
            constraint=models.UniqueConstraint(fields=('organisation', 'url'), name='link_is_checked_once_per_organisation'),
        ),
        migrations.AddConstraint(
            model_name='checkedlink',
            constraint=models.CheckConstraint(condition=models.Q(('dead_since', None), models.Q(('problem', ''), _negated=True), _connector='OR'), name='dead_link_says_why'),
        ),
        migrations.AddConstraint(
            model_name='guidance',
            constraint=models.UniqueConstraint(fields=('organisation', 'field'), name='guidance_is_unique_per_field'),
        ),
        migrations.AddConstraint(
            model_name='guidance',
            constraint=models.UniqueConstraint(condition=models.Q(('organisation', None)), fields=('field',), name='guidance_of_the_install_is_unique_per_field'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('from_user', models.F('to_user')), _negated=True), name='handover_is_between_two_people'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_by', None)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_at_and_by_go_together'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='invitation_withdrawn_at_and_by_go_together'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None), _connector='OR'), name='invitation_is_accepted_or_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), fields=('post', 'email'), name='invitation_waits_once_per_post_and_address'),
        ),
        migrations.AddConstraint(
            model_name='latepermit',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='late_permit_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='latepermit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='late_permit_withdrawn_at_and_by_go_together'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('recipient', 'key'), name='notice_is_given_once_per_occasion'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(condition=models.Q(('channel', 'email'), ('is_digest', True)), fields=('recipient', 'day'), name='one_digest_a_day_per_person'),
        ),
        migrations.AddConstraint(
            model_name='noticechannel',
            constraint=models.UniqueConstraint(fields=('organisation', 'channel'), name='office_has_one_of_each_channel'),
        ),
        migrations.AddConstraint(
            model_name='noticechannel',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'webhook'), _negated=True), models.Q(('address', ''), _negated=True), _connector='OR'), name='webhook_has_an_address'),
        ),
        migrations.AddConstraint(
            model_name='progressrevision',
            constraint=models.UniqueConstraint(fields=('entry', 'field', 'entry_version'), name='field_is_saved_once_per_entry_version'),
        ),
        migrations.AddConstraint(
            model_name='progressrevision',
            constraint=models.UniqueConstraint(fields=('entry', 'field', 'key'), name='request_saves_a_field_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='review_link_revoked_at_and_by_go_together'),
        ),
        migrations.AddConstraint(
            model_name='signoffcomment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='signoff_comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='signoffcomment',
            constraint=models.UniqueConstraint(fields=('step', 'place'), name='signoff_step_comments_once_on_a_place'),
        ),
        migrations.AddConstraint(
            model_name='stepmark',
            constraint=models.UniqueConstraint(fields=('step', 'entry'), name='step_is_marked_once_per_entry'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('measure', 'number'), name='target_number_is_unique_in_measure'),
        ),
        migrations.AddConstraint(
            model_name='targetvalue',
            constraint=models.UniqueConstraint(fields=('target', 'entry'), name='target_has_one_value_per_entry'),
        ),
    ]
