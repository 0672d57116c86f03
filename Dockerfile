# One image for the web server, the workers, the beat and the migrate job; docker-compose.yml says which is which.
FROM python:3.11.13-slim-bookworm AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /tmp/base.txt

FROM python:3.11.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/factcheck --shell /usr/sbin/nologin factcheck \
 && install -d -o factcheck -g factcheck /srv/factcheck /srv/data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/factcheck
COPY . .
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 FACTCHECK_DATA_DIR=/srv/data
RUN python locale/compile.py
# Keys for this one command: nothing of them stays in the image, and production refuses to start without real ones.
RUN FACTCHECK_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    FACTCHECK_ENCRYPTION_KEYS="$(python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())')" \
    python manage.py collectstatic --noinput
USER factcheck
ENV FACTCHECK_BIND=0.0.0.0:8000
EXPOSE 8000
CMD ["gunicorn", "--config", "python:factcheck.serving.config"]
