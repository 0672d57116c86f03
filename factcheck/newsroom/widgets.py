"""Inputs of forms as browsers offer them: days, times, and names from a list."""

from django import forms


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LocalTimeInput(forms.DateTimeInput):
    """A day and a time of the desk's own clock."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ListInput(forms.TextInput):
    """A name from a `<datalist>` of the page, or a new one."""

    def __init__(self, datalist: str, **attrs: str) -> None:
        super().__init__(attrs={"list": datalist, **attrs, "autocomplete": "off"})
