"""Every rule for passwords speaks Thai, as help and as refusal."""

import re

import pytest
from django.core.exceptions import ValidationError

from measures import passwords
from measures.models import User


@pytest.mark.parametrize(
    ("validator", "refused"),
    [
        (passwords.UserAttributeSimilarityValidator(), "sommut-staff"),
        (passwords.MinimumLengthValidator(min_length=12), "กขคง"),
        (passwords.CommonPasswordValidator(), "password"),
        (passwords.NumericPasswordValidator(), "482910573611"),
    ],
)
def test_rule_refuses_and_explains_in_thai(validator, refused):
    with pytest.raises(ValidationError) as refusal:
        validator.validate(refused, User(username="sommut-staff"))

    texts = [*refusal.value.messages, validator.get_help_text()]
    assert [text for text in texts if re.search("[A-Za-z]", text)] == []


def test_length_is_named_in_both_texts():
    validator = passwords.MinimumLengthValidator(min_length=12)

    with pytest.raises(ValidationError) as refusal:
        validator.validate("สั้น")

    assert refusal.value.messages == ["รหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย 12 ตัวอักษร"]
    assert validator.get_help_text() == "มีอย่างน้อย 12 ตัวอักษร ใช้หลายคำต่อกันได้"
