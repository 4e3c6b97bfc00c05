import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import measures.models.fiscal_years
import measures.models.organisations
import measures.models.results
import measures.models.slugs
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', measures.models.fiscal_years.FiscalYearField(unique=True, validators=[django.core.validators.MinValueValidator(2556), django.core.validators.MaxValueValidator(2643)], verbose_name='ปีงบประมาณ (พ.ศ.)')),
                ('source', models.TextField(blank=True, verbose_name='ที่มา')),
                ('note', models.TextField(blank=True, verbose_name='หมายเหตุ')),
            ],
            options={
                'verbose_name': 'กรอบการประเมิน',
                'verbose_name_plural': 'กรอบการประเมิน',
                'ordering': ['-fiscal_year'],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, validators=[measures.models.slugs.refuse_reserved_slug], verbose_name='ชื่อในที่อยู่เว็บ')),
                ('name', models.CharField(max_length=200, unique=True, verbose_name='ชื่อหน่วยงาน')),
                ('short_name', models.CharField(max_length=100, verbose_name='ชื่อย่อ')),
                ('kind', models.CharField(choices=[('tambon', 'องค์การบริหารส่วนตำบล'), ('subdistrict_municipality', 'เทศบาลตำบล'), ('town_municipality', 'เทศบาลเมือง'), ('city_municipality', 'เทศบาลนคร'), ('province', 'องค์การบริหารส่วนจังหวัด'), ('special', 'องค์กรปกครองส่วนท้องถิ่นรูปแบบพิเศษ')], max_length=30, verbose_name='ประเภท')),
                ('tambon', models.CharField(blank=True, max_length=100, verbose_name='ตำบล')),
                ('amphoe', models.CharField(max_length=100, verbose_name='อำเภอ')),
                ('changwat', models.CharField(max_length=100, verbose_name='จังหวัด')),
                ('document_prefix', models.CharField(blank=True, help_text='รหัสตัวพยัญชนะและเลขประจำของเจ้าของเรื่อง เช่น สม 76801', max_length=30, verbose_name='เลขที่หนังสือ')),
                ('phone', models.CharField(blank=True, max_length=50, verbose_name='โทรศัพท์')),
                ('website', models.URLField(blank=True, verbose_name='เว็บไซต์')),
                ('emblem', models.ImageField(blank=True, help_text='ภาพสีดำ สูงอย่างน้อย 354 จุด หากไม่มี บันทึกข้อความจะเว้นกรอบว่างไว้', upload_to=measures.models.organisations.emblem_path, verbose_name='ตราครุฑหรือตราหน่วยงาน')),
                ('default_layout', models.CharField(default='memo_status', max_length=40, verbose_name='รูปแบบเอกสารปกติ')),
                ('search_text', models.TextField(blank=True, default='', editable=False)),
            ],
            options={
                'verbose_name': 'หน่วยงาน',
                'verbose_name_plural': 'หน่วยงาน',
                'ordering': ['changwat', 'name'],
            },
        ),
        migrations.CreateModel(
            name='RatingScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='รหัส')),
                ('name', models.CharField(max_length=100, verbose_name='ชื่อเกณฑ์')),
                ('source', models.TextField(blank=True, verbose_name='ที่มา')),
            ],
            options={
                'verbose_name': 'เกณฑ์ระดับ',
                'verbose_name_plural': 'เกณฑ์ระดับ',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('title', models.CharField(blank=True, max_length=50, verbose_name='คำนำหน้าชื่อ')),
                ('rank', models.CharField(blank=True, help_text='พิมพ์หน้าลายมือชื่อ นอกวงเล็บ เช่น จำเอก', max_length=50, verbose_name='ยศ')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'ผู้ใช้งาน',
                'verbose_name_plural': 'ผู้ใช้งาน',
                'ordering': ['username'],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Instrument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('IIT', 'แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)'), ('EIT', 'แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)'), ('OIT', 'แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)')], max_length=3, verbose_name='เครื่องมือ')),
                ('weight', models.DecimalField(blank=True, decimal_places=2, help_text='เว้นว่างเมื่อยังไม่มีแหล่งอ้างอิง', max_digits=5, null=True, verbose_name='น้ำหนัก (ร้อยละ)')),
                ('source', models.TextField(blank=True, verbose_name='ที่มา')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='instruments', to='measures.framework', verbose_name='กรอบการประเมิน')),
            ],
            options={
                'verbose_name': 'เครื่องมือ',
                'verbose_name_plural': 'เครื่องมือ',
                'ordering': ['framework', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='ตัวชี้วัดที่')),
                ('name', models.CharField(max_length=200, verbose_name='ชื่อตัวชี้วัด')),
                ('aliases', models.TextField(blank=True, help_text='บรรทัดละหนึ่งชื่อ', verbose_name='ชื่ออื่นที่พบ')),
                ('source', models.TextField(blank=True, verbose_name='ที่มา')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='measures.instrument', verbose_name='เครื่องมือ')),
            ],
            options={
                'verbose_name': 'ตัวชี้วัด',
                'verbose_name_plural': 'ตัวชี้วัด',
                'ordering': ['instrument__framework', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(99)], verbose_name='ข้อที่')),
                ('text', models.TextField(blank=True, help_text='เว้นว่างเมื่อยังไม่มีแหล่งอ้างอิง ห้ามแต่งเอง', verbose_name='ข้อความ')),
                ('purpose', models.CharField(blank=True, choices=[('plan', 'แผนหรือมาตรการ'), ('report', 'รายงานผล')], max_length=10, verbose_name='ใช้กับเอกสาร')),
                ('source', models.TextField(blank=True, verbose_name='ที่มา')),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='measures.indicator', verbose_name='ตัวชี้วัด')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='measures.instrument', verbose_name='เครื่องมือ')),
            ],
            options={
                'verbose_name': 'ข้อประเมิน',
                'verbose_name_plural': 'ข้อประเมิน',
                'ordering': ['instrument', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', measures.models.fiscal_years.FiscalYearField(help_text='ปีของผลการประเมินที่วิเคราะห์ (มาตรการอยู่ในปีถัดไป)', validators=[django.core.validators.MinValueValidator(2556), django.core.validators.MaxValueValidator(2643)], verbose_name='ปีงบประมาณ (พ.ศ.)')),
                ('number', models.PositiveSmallIntegerField(verbose_name='ลำดับที่')),
                ('severity', models.CharField(choices=[('fix_at_once', 'ข้อบกพร่องที่ต้องแก้ไขโดยเร่งด่วน'), ('improve', 'ประเด็นที่ต้องพัฒนาให้ดีขึ้น')], default='improve', max_length=20, verbose_name='กลุ่ม')),
                ('analysis', models.TextField(verbose_name='การวิเคราะห์')),
                ('references', models.CharField(blank=True, help_text='เช่น o11, o12 หรือ 9.1', max_length=200, verbose_name='อ้างอิงข้อ OIT')),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='measures.indicator', verbose_name='ตัวชี้วัด')),
                ('items', models.ManyToManyField(blank=True, related_name='findings', to='measures.item', verbose_name='ข้อประเมิน')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='measures.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'ข้อบกพร่อง/ประเด็นที่ต้องพัฒนา',
                'verbose_name_plural': 'ข้อบกพร่อง/ประเด็นที่ต้องพัฒนา',
                'ordering': ['organisation', '-fiscal_year', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', measures.models.fiscal_years.FiscalYearField(validators=[django.core.validators.MinValueValidator(2556), django.core.validators.MaxValueValidator(2643)], verbose_name='ปีงบประมาณ (พ.ศ.)')),
                ('number', models.PositiveSmallIntegerField(verbose_name='มาตรการที่')),
                ('title', models.TextField(verbose_name='มาตรการ')),
                ('period_text', models.CharField(blank=True, max_length=300, verbose_name='ระยะเวลาดำเนินการ (ตามที่เขียน)')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='เริ่ม')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='สิ้นสุด')),
                ('monitoring', models.TextField(blank=True, verbose_name='การกำกับติดตาม')),
                ('search_text', models.TextField(blank=True, default='', editable=False)),
                ('findings', models.ManyToManyField(blank=True, related_name='measures', to='measures.finding', verbose_name='ข้อบกพร่อง/ประเด็นที่แก้')),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='measures.indicator', verbose_name='ตัวชี้วัด')),
                ('items', models.ManyToManyField(blank=True, related_name='measures', to='measures.item', verbose_name='ข้อประเมิน')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='measures.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'มาตรการ',
                'verbose_name_plural': 'มาตรการ',
                'ordering': ['organisation', '-fiscal_year', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(verbose_name='ลำดับ')),
                ('at', models.DateTimeField(verbose_name='เมื่อ')),
                ('actor_name', models.CharField(max_length=200, verbose_name='ชื่อผู้กระทำ')),
                ('capacity', models.CharField(blank=True, max_length=400, verbose_name='ในฐานะ')),
                ('verb', models.CharField(choices=[('progress_recorded', 'บันทึกผลการดำเนินการ'), ('evidence_added', 'เพิ่มหลักฐาน'), ('evidence_removed', 'นำหลักฐานออก'), ('round_opened', 'เปิดรอบการรายงาน'), ('round_rescheduled', 'เปลี่ยนกำหนดของรอบการรายงาน'), ('round_closed', 'ปิดรอบการรายงาน'), ('round_reopened', 'เปิดรอบการรายงานอีกครั้ง'), ('measure_saved', 'บันทึกมาตรการ'), ('measure_deleted', 'ลบมาตรการ'), ('document_compiled', 'จัดทำร่างเอกสาร'), ('document_edited', 'แก้ไขเอกสาร'), ('document_reopened', 'นำเอกสารกลับมาแก้ไข'), ('submitted', 'เสนอลงนาม'), ('signed', 'ลงนามผู้จัดทำ'), ('approved', 'เห็นชอบ'), ('finally_approved', 'อนุมัติ'), ('returned', 'ส่งกลับแก้ไข'), ('refused', 'ไม่อนุมัติ'), ('recalled', 'เรียกคืนเอกสาร'), ('published', 'เผยแพร่'), ('correction_started', 'เริ่มจัดทำฉบับแก้ไข'), ('record_changed', 'แก้ไขข้อมูลในระบบหลังบ้าน'), ('record_deleted', 'ลบข้อมูลในระบบหลังบ้าน'), ('imported', 'นำเข้าข้อมูล')], max_length=30, verbose_name='เหตุการณ์')),
                ('target_type', models.CharField(max_length=50, verbose_name='ชนิดข้อมูล')),
                ('target_id', models.BigIntegerField(blank=True, null=True, verbose_name='รหัสข้อมูล')),
                ('target_name', models.CharField(max_length=500, verbose_name='ข้อมูล')),
                ('data', models.JSONField(default=dict, verbose_name='รายละเอียด')),
                ('previous_hash', models.CharField(blank=True, max_length=64, verbose_name='ค่าแฮชก่อนหน้า')),
                ('hash', models.CharField(max_length=64, unique=True, verbose_name='ค่าแฮช')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ผู้กระทำ')),
                ('organisation', models.ForeignKey(blank=True, help_text='ว่าง = เหตุการณ์ของทั้งระบบ', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='measures.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'เหตุการณ์',
                'verbose_name_plural': 'เหตุการณ์',
                'ordering': ['organisation', '-sequence'],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('plan', 'แผน/มาตรการ'), ('progress_report', 'รายงานผลการดำเนินการ')], max_length=20, verbose_name='ชนิด')),
                ('fiscal_year', measures.models.fiscal_years.FiscalYearField(validators=[django.core.validators.MinValueValidator(2556), django.core.validators.MaxValueValidator(2643)], verbose_name='ปีงบประมาณ (พ.ศ.)')),
                ('layout', models.CharField(choices=[('memo_status', 'บันทึกข้อความพร้อมตารางสถานะการดำเนินการ')], max_length=40, verbose_name='รูปแบบ')),
                ('state', models.CharField(choices=[('draft', 'ร่าง'), ('in_signoff', 'อยู่ระหว่างเสนอลงนาม'), ('returned', 'ส่งกลับแก้ไข'), ('refused', 'ไม่อนุมัติ'), ('approved', 'อนุมัติแล้ว รอเผยแพร่'), ('published', 'เผยแพร่แล้ว')], default='draft', max_length=20, verbose_name='สถานะ')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='ฉบับที่บันทึก')),
                ('correction_reason', models.TextField(blank=True, verbose_name='เหตุที่แก้ไข')),
                ('office', models.CharField(max_length=300, verbose_name='ส่วนราชการ')),
                ('number', models.CharField(blank=True, max_length=50, verbose_name='ที่')),
                ('dated', models.DateField(blank=True, null=True, verbose_name='วันที่')),
                ('subject', models.CharField(max_length=500, verbose_name='เรื่อง')),
                ('addressee', models.CharField(max_length=300, verbose_name='เรียน')),
                ('through', models.CharField(blank=True, max_length=300, verbose_name='ผ่าน')),
                ('opening', models.TextField(help_text='หนึ่งย่อหน้าต่อหนึ่งบรรทัด', verbose_name='ความนำ')),
                ('measures_title', models.CharField(blank=True, max_length=300, verbose_name='หัวข้อตารางมาตรการ')),
                ('assessment', models.TextField(blank=True, verbose_name='ผลการประเมินและข้อความเชื่อม')),
                ('results_title', models.CharField(blank=True, max_length=500, verbose_name='หัวข้อตารางผล')),
                ('closing', models.TextField(verbose_name='ข้อความลงท้าย')),
                ('updated_at', models.DateTimeField(verbose_name='บันทึกเมื่อ')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='measures.document', verbose_name='แก้ไขฉบับก่อน')),
                ('updated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='บันทึกโดย')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='measures.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'เอกสาร',
                'verbose_name_plural': 'เอกสาร',
                'ordering': ['-fiscal_year', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='ชื่อส่วนราชการ')),
                ('aliases', models.TextField(blank=True, help_text='บรรทัดละหนึ่งชื่อ เช่น สำนักงานปลัด', verbose_name='ชื่ออื่นที่ใช้เรียก')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ลำดับ')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='ยุบเลิกเมื่อ')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sub_units', to='measures.division', verbose_name='สังกัดส่วนราชการ')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='divisions', to='measures.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'ส่วนราชการ',
                'verbose_name_plural': 'ส่วนราชการ',
                'ordering': ['organisation', 'order', 'name'],
            },
        ),
        migrations.CreateModel(
            name='AssessmentResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', measures.models.fiscal_years.FiscalYearField(validators=[django.core.validators.MinValueValidator(2556), django.core.validators.MaxValueValidator(2643)], verbose_name='ปีงบประมาณ (พ.ศ.)')),
                ('total', measures.models.results.ScoreField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='คะแนนรวมที่ได้รับแจ้ง')),
                ('iit', measures.models.results.ScoreField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='คะแนน IIT')),
                ('eit', measures.models.results.ScoreField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='คะแนน EIT')),
                ('oit', measures.models.results.ScoreField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='คะแนน OIT')),
                ('level', models.CharField(blank=True, max_length=50, verbose_name='ระดับที่ได้รับแจ้ง')),
                ('announced_on', models.DateField(blank=True, null=True, verbose_name='ประกาศผลเมื่อ')),
                ('source', models.TextField(blank=True, verbose_name='ที่มา')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='measures.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'ผลการประเมิน',
                'verbose_name_plural': 'ผลการประเมิน',
                'ordering': ['organisation', '-fiscal_year'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='ชื่อตำแหน่ง')),
                ('reports_progress', models.BooleanField(default=False, verbose_name='รายงานผลของส่วนราชการ')),
                ('coordinates', models.BooleanField(default=False, verbose_name='ประสานแผนและรวบรวมรายงาน')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ลำดับ')),
                ('division', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='measures.division', verbose_name='ส่วนราชการ')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='measures.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'ตำแหน่ง',
                'verbose_name_plural': 'ตำแหน่ง',
                'ordering': ['organisation', 'order', 'title'],
            },
        ),
        migrations.CreateModel(
            name='ChainPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('plan', 'แผน/มาตรการ'), ('progress_report', 'รายงานผลการดำเนินการ')], max_length=20, verbose_name='ชนิดเอกสาร')),
                ('order', models.PositiveSmallIntegerField(verbose_name='ลำดับ')),
                ('role', models.CharField(choices=[('preparer', 'ผู้จัดทำ'), ('opinion', 'ให้ความเห็น'), ('final', 'อนุมัติ/ไม่อนุมัติ')], max_length=10, verbose_name='หน้าที่')),
                ('caption', models.CharField(blank=True, help_text='เช่น ความเห็นของหัวหน้าสำนักปลัด', max_length=200, verbose_name='หัวข้อช่องความเห็น')),
                ('is_skipped_when_vacant', models.BooleanField(default=False, verbose_name='ข้ามเมื่อตำแหน่งว่าง')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chain', to='measures.organisation', verbose_name='หน่วยงาน')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.post', verbose_name='ตำแหน่ง')),
            ],
            options={
                'verbose_name': 'ลำดับการลงนาม',
                'verbose_name_plural': 'ลำดับการลงนาม',
                'ordering': ['organisation', 'kind', 'order'],
            },
        ),
        migrations.CreateModel(
            name='PostHolding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('substantive', 'ดำรงตำแหน่ง'), ('acting_for', 'รักษาราชการแทน'), ('on_behalf', 'ปฏิบัติราชการแทน'), ('acting_in_post', 'รักษาการในตำแหน่ง'), ('performing_duties', 'ปฏิบัติหน้าที่')], default='substantive', max_length=20, verbose_name='ลักษณะ')),
                ('order_number', models.CharField(blank=True, max_length=50, verbose_name='คำสั่งที่')),
                ('order_date', models.DateField(blank=True, null=True, verbose_name='ลงวันที่')),
                ('starts_on', models.DateField(verbose_name='ตั้งแต่วันที่')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ถึงวันที่')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='measures.post', verbose_name='ตำแหน่ง')),
                ('substantive_post', models.ForeignKey(blank=True, help_text='ตำแหน่งจริงของผู้รักษาราชการแทน พิมพ์ไว้บรรทัดบน', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.post', verbose_name='ตำแหน่งของผู้แทน')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to=settings.AUTH_USER_MODEL, verbose_name='ผู้ดำรงตำแหน่ง')),
            ],
            options={
                'verbose_name': 'การดำรงตำแหน่ง',
                'verbose_name_plural': 'การดำรงตำแหน่ง',
                'ordering': ['post', '-starts_on'],
            },
        ),
        migrations.CreateModel(
            name='ProgressEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('not_started', 'ยังไม่ดำเนินการ'), ('in_progress', 'อยู่ระหว่างดำเนินการ'), ('done', 'ดำเนินการเสร็จเรียบร้อยแล้ว')], default='not_started', max_length=20, verbose_name='สถานะการดำเนินการ')),
                ('status_note', models.CharField(blank=True, help_text='พิมพ์ในวงเล็บท้ายเครื่องหมาย เช่น ตรวจสอบในเว็บไซต์ของหน่วยงาน', max_length=200, verbose_name='หมายเหตุสถานะ')),
                ('result', models.TextField(blank=True, verbose_name='ผลการดำเนินการ')),
                ('outcome', models.TextField(blank=True, verbose_name='ผลลัพธ์/ความสำเร็จ')),
                ('suggestion', models.TextField(blank=True, verbose_name='ข้อเสนอแนะ')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='ฉบับที่')),
                ('updated_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='บันทึกเมื่อ')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='measures.division', verbose_name='ส่วนราชการ')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='measures.measure', verbose_name='มาตรการ')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='บันทึกโดย')),
            ],
            options={
                'verbose_name': 'ผลการดำเนินการ',
                'verbose_name_plural': 'ผลการดำเนินการ',
                'ordering': ['measure__number', 'division__order', 'division__name'],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('photo', 'ภาพถ่าย'), ('pdf', 'เอกสาร PDF'), ('link', 'ลิงก์')], max_length=10, verbose_name='ประเภท')),
                ('caption', models.CharField(max_length=300, verbose_name='คำบรรยาย')),
                ('url', models.URLField(blank=True, max_length=1000, verbose_name='ลิงก์')),
                ('original', models.FileField(blank=True, max_length=300, upload_to='', verbose_name='ไฟล์ต้นฉบับ')),
                ('derived', models.FileField(blank=True, max_length=300, upload_to='', verbose_name='ไฟล์ที่ใช้แสดง')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='ค่าแฮช SHA-256 ของต้นฉบับ')),
                ('size', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='ขนาด (ไบต์)')),
                ('width', models.PositiveIntegerField(blank=True, null=True, verbose_name='กว้าง (จุด)')),
                ('height', models.PositiveIntegerField(blank=True, null=True, verbose_name='สูง (จุด)')),
                ('pages', models.PositiveIntegerField(blank=True, null=True, verbose_name='จำนวนหน้า')),
                ('added_at', models.DateTimeField(verbose_name='เพิ่มเมื่อ')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='นำออกเมื่อ')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='เพิ่มโดย')),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='นำออกโดย')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='measures.progressentry', verbose_name='ผลการดำเนินการ')),
            ],
            options={
                'verbose_name': 'หลักฐาน',
                'verbose_name_plural': 'หลักฐาน',
                'ordering': ['entry', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('plan', 'แผน/มาตรการ'), ('progress_report', 'รายงานผลการดำเนินการ')], max_length=20, verbose_name='ชนิด')),
                ('fiscal_year', measures.models.fiscal_years.FiscalYearField(validators=[django.core.validators.MinValueValidator(2556), django.core.validators.MaxValueValidator(2643)], verbose_name='ปีงบประมาณ (พ.ศ.)')),
                ('round_months', models.PositiveSmallIntegerField(blank=True, choices=[(6, 'รอบ 6 เดือน'), (12, 'รอบ 12 เดือน')], null=True, verbose_name='รอบ')),
                ('number', models.PositiveIntegerField(verbose_name='เผยแพร่ลำดับที่')),
                ('code', models.CharField(max_length=20, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]{4}-[a-z0-9]{4}$')], verbose_name='รหัสตรวจสอบ')),
                ('content', models.JSONField(verbose_name='เนื้อหา')),
                ('content_sha256', models.CharField(max_length=64, verbose_name='ค่าแฮชของเนื้อหา')),
                ('template_version', models.CharField(blank=True, max_length=40, verbose_name='รุ่นของแบบพิมพ์')),
                ('pdf', models.FileField(max_length=300, upload_to='', verbose_name='ไฟล์ PDF')),
                ('pdf_sha256', models.CharField(max_length=64, verbose_name='ค่าแฮชของ PDF')),
                ('previous_hash', models.CharField(blank=True, max_length=64, verbose_name='ค่าแฮชฉบับก่อนหน้า')),
                ('hash', models.CharField(max_length=64, unique=True, verbose_name='ค่าแฮชของฉบับนี้')),
                ('published_at', models.DateTimeField(verbose_name='เผยแพร่เมื่อ')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='measures.document', verbose_name='เอกสาร')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='measures.organisation', verbose_name='หน่วยงาน')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='เผยแพร่โดย')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='measures.publication', verbose_name='แทนที่ฉบับ')),
            ],
            options={
                'verbose_name': 'เอกสารที่เผยแพร่',
                'verbose_name_plural': 'เอกสารที่เผยแพร่',
                'ordering': ['organisation', '-number'],
            },
        ),
        migrations.CreateModel(
            name='RatingLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='ลำดับ (1 = สูงสุด)')),
                ('name', models.CharField(max_length=50, verbose_name='ระดับ')),
                ('least_total', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='คะแนนรวมอย่างน้อย')),
                ('least_of_each_instrument', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='คะแนนแต่ละเครื่องมืออย่างน้อย')),
                ('is_passing', models.BooleanField(default=False, verbose_name='ถือว่าผ่าน')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='measures.ratingscheme', verbose_name='เกณฑ์ระดับ')),
            ],
            options={
                'verbose_name': 'ระดับ',
                'verbose_name_plural': 'ระดับ',
                'ordering': ['scheme', 'order'],
            },
        ),
        migrations.AddField(
            model_name='framework',
            name='rating_scheme',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='frameworks', to='measures.ratingscheme', verbose_name='เกณฑ์ระดับ'),
        ),
        migrations.CreateModel(
            name='ReportingRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', measures.models.fiscal_years.FiscalYearField(validators=[django.core.validators.MinValueValidator(2556), django.core.validators.MaxValueValidator(2643)], verbose_name='ปีงบประมาณ (พ.ศ.)')),
                ('months', models.PositiveSmallIntegerField(choices=[(6, 'รอบ 6 เดือน'), (12, 'รอบ 12 เดือน')], verbose_name='รอบ')),
                ('opens_on', models.DateField(verbose_name='เปิดให้รายงาน')),
                ('due_on', models.DateField(verbose_name='กำหนดส่ง')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='ปิดรอบเมื่อ')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ปิดรอบโดย')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='measures.organisation', verbose_name='หน่วยงาน')),
            ],
            options={
                'verbose_name': 'รอบการรายงาน',
                'verbose_name_plural': 'รอบการรายงาน',
                'ordering': ['-fiscal_year', '-months'],
            },
        ),
        migrations.AddField(
            model_name='progressentry',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='measures.reportinground', verbose_name='รอบการรายงาน'),
        ),
        migrations.AddField(
            model_name='document',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='measures.reportinground', verbose_name='รอบการรายงาน'),
        ),
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('division', 'ส่วนราชการ'), ('sub_unit', 'งานในส่วนราชการ'), ('every_division', 'ทุกส่วนราชการ'), ('committee', 'คณะกรรมการ'), ('post', 'ตำแหน่ง'), ('all_staff', 'บุคลากรทุกคน')], default='division', max_length=20, verbose_name='ประเภท')),
                ('text', models.CharField(blank=True, help_text='ข้อความที่พิมพ์ในเอกสาร เว้นว่างเพื่อใช้ชื่อส่วนราชการ', max_length=300, verbose_name='ตามที่เขียน')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ลำดับ')),
                ('division', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='measures.division', verbose_name='ส่วนราชการ/งานที่รายงาน')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responsibilities', to='measures.measure', verbose_name='มาตรการ')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='measures.post', verbose_name='ตำแหน่ง')),
            ],
            options={
                'verbose_name': 'ผู้รับผิดชอบ',
                'verbose_name_plural': 'ผู้รับผิดชอบ',
                'ordering': ['measure', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', measures.models.results.ScoreField(decimal_places=2, max_digits=5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='คะแนน')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='measures.item', verbose_name='ข้อประเมิน')),
                ('result', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='measures.assessmentresult', verbose_name='ผลการประเมิน')),
            ],
            options={
                'verbose_name': 'คะแนนรายข้อ',
                'verbose_name_plural': 'คะแนนรายข้อ',
                'ordering': ['result', 'item__instrument', 'item__number'],
            },
        ),
        migrations.CreateModel(
            name='Signoff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attempt', models.PositiveSmallIntegerField(verbose_name='ครั้งที่เสนอ')),
                ('content', models.JSONField(editable=False, verbose_name='เนื้อหาที่เสนอ')),
                ('content_sha256', models.CharField(editable=False, max_length=64, verbose_name='ค่าแฮชของเนื้อหา')),
                ('submitted_at', models.DateTimeField(verbose_name='เสนอเมื่อ')),
                ('outcome', models.CharField(blank=True, choices=[('approved', 'อนุมัติ'), ('returned', 'ส่งกลับแก้ไข'), ('refused', 'ไม่อนุมัติ'), ('recalled', 'เรียกคืน')], max_length=10, verbose_name='ผล')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='สิ้นสุดเมื่อ')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signoffs', to='measures.document', verbose_name='เอกสาร')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='สิ้นสุดโดย')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='เสนอโดย')),
            ],
            options={
                'verbose_name': 'การเสนอลงนาม',
                'verbose_name_plural': 'การเสนอลงนาม',
                'ordering': ['document', '-attempt'],
            },
        ),
        migrations.CreateModel(
            name='SignoffStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='ลำดับ')),
                ('role', models.CharField(choices=[('preparer', 'ผู้จัดทำ'), ('opinion', 'ให้ความเห็น'), ('final', 'อนุมัติ/ไม่อนุมัติ')], max_length=10, verbose_name='หน้าที่')),
                ('caption', models.CharField(blank=True, max_length=200, verbose_name='หัวข้อช่องความเห็น')),
                ('decision', models.CharField(blank=True, choices=[('signed', 'ลงนามผู้จัดทำ'), ('approved', 'เห็นชอบ/อนุมัติ'), ('returned', 'ส่งกลับแก้ไข'), ('refused', 'ไม่อนุมัติ')], max_length=10, verbose_name='การพิจารณา')),
                ('opinion', models.TextField(blank=True, verbose_name='ความเห็น')),
                ('reason', models.TextField(blank=True, verbose_name='เหตุผล')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='พิจารณาเมื่อ')),
                ('capacity', models.CharField(blank=True, choices=[('substantive', 'ดำรงตำแหน่ง'), ('acting_for', 'รักษาราชการแทน'), ('on_behalf', 'ปฏิบัติราชการแทน'), ('acting_in_post', 'รักษาการในตำแหน่ง'), ('performing_duties', 'ปฏิบัติหน้าที่')], max_length=20, verbose_name='ลงนามในฐานะ')),
                ('signer_name', models.CharField(blank=True, max_length=200, verbose_name='ชื่อผู้ลงนาม')),
                ('signer_rank', models.CharField(blank=True, max_length=50, verbose_name='ยศผู้ลงนาม')),
                ('position_lines', models.JSONField(blank=True, default=list, verbose_name='บรรทัดตำแหน่ง')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='พิจารณาโดย')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='measures.post', verbose_name='ตำแหน่ง')),
                ('signoff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='measures.signoff', verbose_name='การเสนอลงนาม')),
            ],
            options={
                'verbose_name': 'ลำดับการพิจารณา',
                'verbose_name_plural': 'ลำดับการพิจารณา',
                'ordering': ['signoff', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='ลำดับ')),
                ('text', models.TextField(verbose_name='ขั้นตอนหรือวิธีการ')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='measures.measure', verbose_name='มาตรการ')),
            ],
            options={
                'verbose_name': 'ขั้นตอนหรือวิธีการ',
                'verbose_name_plural': 'ขั้นตอนหรือวิธีการ',
                'ordering': ['measure', 'number'],
            },
        ),
        migrations.CreateModel(
            name='SubIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=10, verbose_name='ตัวชี้วัดย่อยที่')),
                ('name', models.CharField(blank=True, help_text='เว้นว่างเมื่อยังไม่มีแหล่งอ้างอิง', max_length=200, verbose_name='ชื่อตัวชี้วัดย่อย')),
                ('source', models.TextField(blank=True, verbose_name='ที่มา')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sub_indicators', to='measures.indicator', verbose_name='ตัวชี้วัด')),
            ],
            options={
                'verbose_name': 'ตัวชี้วัดย่อย',
                'verbose_name_plural': 'ตัวชี้วัดย่อย',
                'ordering': ['indicator', 'number'],
            },
        ),
        migrations.AddField(
            model_name='item',
            name='sub_indicator',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='measures.subindicator', verbose_name='ตัวชี้วัดย่อย'),
        ),
        migrations.CreateModel(
            name='CalendarEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='รายการ')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='ตั้งแต่')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ถึง')),
                ('source', models.TextField(blank=True, verbose_name='ที่มา')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar', to='measures.framework', verbose_name='กรอบการประเมิน')),
            ],
            options={
                'verbose_name': 'ปฏิทินการประเมิน',
                'verbose_name_plural': 'ปฏิทินการประเมิน',
                'ordering': ['framework', 'starts_on', 'name'],
                'constraints': [models.UniqueConstraint(fields=('framework', 'name'), name='calendar_entry_is_unique_in_framework'), models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='calendar_entry_ends_after_it_starts')],
            },
        ),
        migrations.AddConstraint(
            model_name='instrument',
            constraint=models.UniqueConstraint(fields=('framework', 'code'), name='instrument_is_unique_in_framework'),
        ),
        migrations.AddConstraint(
            model_name='instrument',
            constraint=models.CheckConstraint(condition=models.Q(('weight', None), models.Q(('weight__gte', 0), ('weight__lte', 100)), _connector='OR'), name='instrument_weight_is_a_percentage'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('instrument', 'number'), name='indicator_number_is_unique_in_instrument'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('organisation', 'fiscal_year', 'number'), name='measure_number_is_unique_in_fiscal_year'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='measure_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='measure_number_starts_at_1'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('organisation', 'fiscal_year', 'number'), name='finding_number_is_unique_in_fiscal_year'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['target_type', 'target_id'], name='event_target'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('organisation', 'sequence'), name='event_sequence_is_unique_in_chain'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(condition=models.Q(('organisation', None)), fields=('sequence',), name='event_sequence_is_unique_in_the_install'),
        ),
        migrations.AddConstraint(
            model_name='division',
            constraint=models.UniqueConstraint(fields=('organisation', 'name'), name='division_name_is_unique_in_organisation'),
        ),
        migrations.AddConstraint(
            model_name='division',
            constraint=models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('pk')), _negated=True), _connector='OR'), name='division_is_not_its_own_parent'),
        ),
        migrations.AddConstraint(
            model_name='assessmentresult',
            constraint=models.UniqueConstraint(fields=('organisation', 'fiscal_year'), name='result_is_unique_in_fiscal_year'),
        ),
        migrations.AddConstraint(
            model_name='assessmentresult',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('total', None), models.Q(('total__gte', 0), ('total__lte', 100)), _connector='OR'), models.Q(('iit', None), models.Q(('iit__gte', 0), ('iit__lte', 100)), _connector='OR'), models.Q(('eit', None), models.Q(('eit__gte', 0), ('eit__lte', 100)), _connector='OR'), models.Q(('oit', None), models.Q(('oit__gte', 0), ('oit__lte', 100)), _connector='OR')), name='result_scores_are_0_to_100'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(fields=('organisation', 'title', 'division'), name='post_title_is_unique_in_division'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('division', None)), fields=('organisation', 'title'), name='post_title_is_unique_without_division'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('reports_progress', False), ('division__isnull', False), _connector='OR'), name='reporting_post_has_a_division'),
        ),
        migrations.AddConstraint(
            model_name='chainpost',
            constraint=models.UniqueConstraint(fields=('organisation', 'kind', 'order'), name='chain_order_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='chainpost',
            constraint=models.UniqueConstraint(fields=('organisation', 'kind', 'post'), name='chain_post_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='chainpost',
            constraint=models.UniqueConstraint(condition=models.Q(('role', 'final')), fields=('organisation', 'kind'), name='chain_has_one_final_post'),
        ),
        migrations.AddConstraint(
            model_name='postholding',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='holding_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='postholding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'substantive'), ('substantive_post', None)), models.Q(models.Q(('kind', 'substantive'), _negated=True), ('substantive_post__isnull', False)), _connector='OR'), name='acting_holding_names_the_substantive_post'),
        ),
        migrations.AddConstraint(
            model_name='postholding',
            constraint=models.UniqueConstraint(fields=('post', 'user', 'kind', 'starts_on'), name='holding_is_entered_once'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='evidence_removed_at_and_by_go_together'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'link'), ('original', ''), models.Q(('url', ''), _negated=True)), models.Q(models.Q(('kind', 'link'), _negated=True), models.Q(('original', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='evidence_is_a_link_or_a_hashed_file'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None), models.Q(('sha256', ''), _negated=True)), fields=('entry', 'sha256'), name='evidence_file_is_attached_once'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(fields=('organisation', 'number'), name='publication_number_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='publication_number_starts_at_1'),
        ),
        migrations.AddConstraint(
            model_name='ratinglevel',
            constraint=models.UniqueConstraint(fields=('scheme', 'order'), name='level_order_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='ratinglevel',
            constraint=models.UniqueConstraint(fields=('scheme', 'name'), name='level_name_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.UniqueConstraint(fields=('organisation', 'fiscal_year', 'months'), name='round_is_unique_in_fiscal_year'),
        ),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('opens_on'))), name='round_is_due_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='round_closed_at_and_by_go_together'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.UniqueConstraint(fields=('measure', 'division', 'round'), name='progress_is_unique_per_division_and_round'),
        ),
        migrations.AddConstraint(
            model_name='progressentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('updated_at', None), ('updated_by', None), ('version', 0)), models.Q(('updated_at__isnull', False), ('updated_by__isnull', False), ('version__gte', 1)), _connector='OR'), name='progress_updated_at_and_by_go_together'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'plan'), ('round', None)), models.Q(('kind', 'progress_report'), ('round__isnull', False)), _connector='OR'), name='progress_report_has_a_round_and_plan_has_none'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published'), _negated=True), fields=('round',), name='one_report_on_its_way_per_round'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('round', None)), fields=('organisation', 'fiscal_year'), name='one_plan_on_its_way_per_year'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('corrects', None), models.Q(('correction_reason', ''), _negated=True), _connector='OR'), name='correction_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['division', 'sub_unit']), _negated=True), ('division__isnull', False), _connector='OR'), name='responsible_division_is_named'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'post'), _negated=True), ('post__isnull', False), _connector='OR'), name='responsible_post_is_named'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'committee'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='responsible_committee_is_named'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'every_division'), _negated=True), models.Q(('division', None), ('post', None)), _connector='OR'), name='every_division_names_no_division'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('result', 'item'), name='score_is_unique_per_item'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 100)), name='score_is_0_to_100'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.UniqueConstraint(fields=('document', 'attempt'), name='signoff_attempt_is_unique_in_document'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('document',), name='one_signoff_runs_per_document'),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='signoff_outcome_ended_at_and_by_go_together'),
        ),
        migrations.AddConstraint(
            model_name='signoffstep',
            constraint=models.UniqueConstraint(fields=('signoff', 'order'), name='signoff_step_order_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='signoffstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', ''), ('signer_name', '')), models.Q(models.Q(('decision', ''), _negated=True), models.Q(('signer_name', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='signoff_step_decision_at_and_by_go_together'),
        ),
        migrations.AddConstraint(
            model_name='signoffstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision__in', ['returned', 'refused']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='signoff_step_sent_back_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='signoffstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'refused'), _negated=True), ('role', 'final'), _connector='OR'), name='only_the_final_post_refuses'),
        ),
        migrations.AddConstraint(
            model_name='signoffstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'signed'), _negated=True), ('role', 'preparer'), _connector='OR'), name='only_the_preparer_signs_without_opinion'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('measure', 'number'), name='step_number_is_unique_in_measure'),
        ),
        migrations.AddConstraint(
            model_name='subindicator',
            constraint=models.UniqueConstraint(fields=('indicator', 'number'), name='sub_indicator_number_is_unique_in_indicator'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('instrument', 'number'), name='item_number_is_unique_in_instrument'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(condition=models.Q(('purpose', ''), _negated=True), fields=('instrument', 'purpose'), name='item_purpose_is_unique_in_framework'),
        ),
    ]
