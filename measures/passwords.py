"""The rules for passwords, in Thai: Django's own catalogue has no Thai for them."""

from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class UserAttributeSimilarityValidator(password_validation.UserAttributeSimilarityValidator):
    """Refuses a password that resembles the person's name or user name."""

    def get_error_message(self) -> str:
        """Return what is wrong; Django puts the field's name in."""
        return _("รหัสผ่านคล้ายกับ%(verbose_name)sเกินไป")

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("ไม่คล้ายกับชื่อ ชื่อผู้ใช้ หรืออีเมลของท่าน")


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Refuses a short password."""

    def get_error_message(self) -> str:
        """Return what is wrong; Django puts the least length in."""
        return _("รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย %(min_length)d ตัวอักษร") % {
            "min_length": self.min_length
        }

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("มีอย่างน้อย %(min_length)d ตัวอักษร ใช้หลายคำต่อกันได้") % {"min_length": self.min_length}


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    """Refuses a password that many people use."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return _("รหัสผ่านนี้มีผู้ใช้กันมาก เดาได้ง่าย")

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("ไม่เป็นรหัสผ่านที่มีผู้ใช้กันทั่วไป")


class NumericPasswordValidator(password_validation.NumericPasswordValidator):
    """Refuses a password of digits alone."""

    def get_error_message(self) -> str:
        """Return what is wrong."""
        return _("รหัสผ่านเป็นตัวเลขล้วน ต้องมีตัวอักษรด้วย")

    def get_help_text(self) -> str:
        """Return the rule."""
        return _("ไม่เป็นตัวเลขล้วน")
