#!/usr/bin/env bash
# Load the demo data where there is none, and serve on loopback.
set -euo pipefail
cd "$(dirname "$0")/.."
port=$1
.venv/bin/python manage.py load_demo
if [ ! -e var/static/staticfiles.json ] || [ -n "$(find static requirements -newer var/static/staticfiles.json -print -quit)" ]; then
  .venv/bin/python manage.py collectstatic --no-input --verbosity 0
fi
echo
echo "ลองทำ: เข้าด้วย na.staff รายงานผลที่ค้าง  ->  na.coordinator รายงานส่วนที่เหลือ จัดทำรายงาน เสนอลงนาม"
echo "       ->  na.head, na.deputy, na.clerk, na.mayor ลงนาม  ->  na.coordinator เผยแพร่  ->  หน้าสาธารณะของ อบต.สมมตินา"
echo
echo "เปิดที่  http://127.0.0.1:$port/   (กด Ctrl+C เพื่อหยุด)"
exec .venv/bin/gunicorn ita_portal.wsgi --bind "127.0.0.1:$port" --workers 2 --threads 4 \
  --timeout 120 --graceful-timeout 5 --log-level warning
