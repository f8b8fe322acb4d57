"""Which files a person means: those named, those in the folders named, and those in zip archives among them."""

import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from agingreport.errors import AgingReportError

SUFFIXES = {".csv", ".iif", ".ods", ".tsv", ".txt", ".xls", ".xlsx"}
ARCHIVE = ".zip"
MANIFEST = "manifest.json"  # what lies beside it is a report of ours
# Text of tables shrinks to a tenth, of the most regular ones to a hundredth. What would grow more than a thousandfold
# or fill a disk was made to do so.
MOST_GROWTH = 300
GROWTH_ALLOWED_BYTES = 100_000_000
MOST_BYTES = 8_000_000_000
MOST_MEMBERS = 10_000
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True)
class Export:
    """One file to be loaded.

    `name` is what people call it: without its folder, or with the part of it below the folder that was named, or
    `archive.zip/member.csv`. `place` says for good where it was found. One that was named refuses the whole load when
    it is refused; of a folder or archive the others are taken. `refusal` says why it cannot even be opened.
    """

    path: Path
    name: str
    place: str
    is_named: bool = True
    refusal: str | None = None

    @classmethod
    def named(cls, path: Path) -> "Export":
        """The export that was named by itself."""
        return cls(path, path.name, str(path.absolute()))

    @cached_property
    def sha256(self) -> str:
        """Hash of the file's bytes."""
        return sha256(self.path)


@dataclass(frozen=True)
class Found:
    """The exports, each once, and the names of the files that are passed over since no export is called so."""

    exports: Sequence[Export]
    passed_over: Sequence[str]


@contextmanager
def find_exports(paths: Sequence[Path]) -> Iterator[Found]:
    """The exports meant by these paths, in order of their names; members of archives are unpacked until the end.

    Hidden files, our own reports and what is called as no export is are passed over. Raises AgingReportError where a
    path is not there, a folder holds no export, or an archive that was named cannot be opened.
    """
    with TemporaryDirectory(prefix="agingreport-") as folder:
        found: dict[str, Export] = {}
        passed_over: list[str] = []
        for path in paths:
            for export in _meant(path, passed_over.append):
                unpacked = _unpack(export, Path(folder), passed_over.append) if _is_archive(export) else [export]
                for one in unpacked:
                    found.setdefault(one.place, one)
        yield Found(list(found.values()), passed_over)


def _meant(path: Path, pass_over: Callable[[str], None]) -> list[Export]:
    """The file itself, or what is in the folder."""
    if not path.exists():
        raise AgingReportError(f"There is no file {path}: check its name and folder.")
    if not path.is_dir():
        return [Export.named(path)]
    inside = _in_folder(path, pass_over)
    if not inside:
        raise AgingReportError(
            f"There is no export in the folder {path}: put .csv, .tsv, .txt, .iif, .xlsx, .xls, .ods or .zip files in."
        )
    return inside


def _in_folder(folder: Path, pass_over: Callable[[str], None]) -> list[Export]:
    """The exports in a folder and in those below it; links to folders are not followed."""
    inside = []
    for place, below, names in os.walk(folder, onerror=_cannot_list):
        below[:] = [] if MANIFEST in names else sorted(name for name in below if not _is_hidden(name))
        for name in sorted(names) if MANIFEST not in names else ():
            path = Path(place) / name
            shown = path.relative_to(folder).as_posix()
            if _is_hidden(name):
                continue
            if path.suffix.lower() in SUFFIXES | {ARCHIVE}:
                inside.append(replace(Export.named(path), name=shown, is_named=False))
            else:
                pass_over(shown)
    return sorted(inside, key=lambda export: export.name)


def _cannot_list(error: OSError) -> None:
    raise AgingReportError(f"Cannot look into the folder {error.filename}: {error.strerror}.") from error


def _is_hidden(name: str) -> bool:
    """Whether a file or folder is one that programs leave behind for themselves."""
    return name.startswith((".", "~$", "__MACOSX"))


def _is_archive(export: Export) -> bool:
    return export.path.suffix.lower() == ARCHIVE


def _unpack(archive: Export, folder: Path, pass_over: Callable[[str], None]) -> list[Export]:
    """The exports in an archive, unpacked below `folder` under names of ours; a broken one is refused as a whole."""
    try:
        with zipfile.ZipFile(archive.path) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
            _expect_harmless(members, archive.path.stat().st_size)
            take_out = partial(_take_out, opened=opened, archive=archive, folder=folder, pass_over=pass_over)
            unpacked = [take_out(member) for member in members]
    except AgingReportError as error:
        return [_refused(archive, str(error))]
    except UNREADABLE as error:
        return [_refused(archive, f"cannot be opened as a zip archive ({error}); export it again")]
    exports = sorted((export for export in unpacked if export), key=lambda export: export.name)
    return exports or [_refused(archive, "there is no export in the archive")]


def _refused(export: Export, reason: str) -> Export:
    if export.is_named:
        raise AgingReportError(f"{export.name}: {reason}")
    return replace(export, refusal=reason)


def _expect_harmless(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    """Refuse an archive that was made to fill the disk. More than its directory says is never unpacked."""
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_BYTES or unpacked > max(GROWTH_ALLOWED_BYTES, MOST_GROWTH * size) or len(members) > MOST_MEMBERS:
        raise AgingReportError(
            f"its {len(members):,} files would take {unpacked:,} bytes, out of {size:,}; unpack it yourself and load"
            " what you know"
        )


def _take_out(
    member: zipfile.ZipInfo, *, opened: zipfile.ZipFile, archive: Export, folder: Path, pass_over: Callable[[str], None]
) -> Export | None:
    """One member as an export; None for one that is passed over. Its own name never becomes a path."""
    parts = [part for part in member.filename.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    if not parts or any(map(_is_hidden, parts)):
        return None
    shown = "".join(letter if letter.isprintable() else "?" for letter in "/".join(parts))
    suffix = Path(shown).suffix.lower()
    export = Export(archive.path, f"{archive.name}/{shown}", f"{archive.place}/{shown}", is_named=False)
    if suffix == ARCHIVE:
        return replace(export, refusal="an archive inside an archive; unpack it and load what is in it")
    if suffix not in SUFFIXES:
        pass_over(export.name)
        return None
    if member.flag_bits & 1:
        return replace(export, refusal="it is locked with a password; unpack it and load what is in it")
    with opened.open(member) as packed, NamedTemporaryFile(dir=folder, suffix=suffix, delete=False) as out:
        shutil.copyfileobj(packed, out)
    return replace(export, path=Path(out.name))


def sha256(path: Path) -> str:
    """Hash of the file's bytes, in hexadecimal. Raises AgingReportError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or error
        raise AgingReportError(f"Cannot read {path}: {reason}; check that it is a file you may read.") from error
