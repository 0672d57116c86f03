"""Files as people send them, made by hand: a PDF of given pages, a picture, a locked
PDF.
"""

import io

from pypdf import PdfReader, PdfWriter

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(17)
JPEG = b"\xff\xd8\xff\xe0" + bytes(30)


def pdf(*pages: str) -> bytes:
    """Plain PDF 1.4 with one line of text a page; a page without one is a picture."""
    return set_pdf(*(words and f"/F1 12 Tf 72 720 Td ({words}) Tj" for words in pages))


def set_pdf(*pages: str) -> bytes:
    """Plain PDF 1.4 of pages as they are set: text operators, a page each."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    picture = len(objects) + 2 * len(pages) + 1
    kids = []
    for operators in pages:
        stream = f"BT {operators} ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources <<"
            b" /Font << /F1 3 0 R >>%s >> >>"
            % (content, b"" if operators else b" /XObject << /I %d 0 R >>" % picture)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
        b" /ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream"
    )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return pdf_of(objects)


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(out),
    )
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + trailer


def locked_pdf(*pages: str, cipher: str = "RC4-128", password: str = "a password") -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf(*pages))))
    writer.encrypt(password, owner_password="the owner's", algorithm=cipher)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def lines_pdf(*pages: str) -> bytes:
    """A PDF with the lines of each page below one another."""
    shown = (" T* ".join(f"({line}) Tj" for line in page.split("\n")) for page in pages)
    return set_pdf(*(f"/F1 12 Tf 14 TL 72 720 Td {lines}" for lines in shown))
