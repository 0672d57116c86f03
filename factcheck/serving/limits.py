"""How long and how large a request may be. A proxy in front may be stricter."""

from factcheck import env

# A file of 20 MB (sources.filestore.LARGEST_FILE) and the 12 MB that Django allows to
# the other fields of its form (DATA_UPLOAD_MAX_MEMORY_SIZE).
BODY_BYTES = 34 * 2**20
# Of the bodies that one process is still receiving, together.
BUFFERED_BYTES = 256 * 2**20
# A body may lie in memory up to here; more of it goes into a file.
IN_MEMORY_BYTES = 2**19
HEAD_SECONDS = 20
BODY_SECONDS = 300
IDLE_SECONDS = 30  # between two requests, and between two pieces of an answer
REQUEST_SECONDS = env.number("FACTCHECK_REQUEST_SECONDS", 60, low=5, high=3600)
