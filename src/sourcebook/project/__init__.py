"""The shell: settings, plugins and store put together, one verb a job."""

from sourcebook.project.building import Progress, Report, build
from sourcebook.project.deriving import rebuild, record

__all__ = ["Progress", "Report", "build", "rebuild", "record"]
