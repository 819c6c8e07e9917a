"""The shell: settings, plugins and store put together, one verb a job."""

from sourcebook.project.building import Report, build, take_in
from sourcebook.project.deriving import rebuild, record
from sourcebook.project.referring import forget, refer
from sourcebook.project.telling import Progress

__all__ = ["Progress", "Report", "build", "forget", "rebuild", "record", "refer", "take_in"]
