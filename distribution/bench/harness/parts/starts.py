"""From the start of a process to the first right answer through it, at default settings, with and without archived classes."""
import os
import shutil
import subprocess

from ..jvm import java
from ..peers import MavenPeer
from ..rounds import launch, rotated
from ..sluice import Sluice, unpacked

ARCHIVE = os.path.join("lib", "sluice.jsa")
PATIENCE_SECONDS = 300


def shipped(site):
    """A copy of the distribution with its archive of classes made, as its README has users do it."""
    home = os.path.join(site.folder, "shipped")
    if not os.path.exists(os.path.join(home, ARCHIVE)):
        original = os.path.abspath(site.sluice) if site.sluice else unpacked()
        if not original:
            raise RuntimeError("no unpacked distribution")
        shutil.copytree(original, home, symlinks=True, ignore=shutil.ignore_patterns(os.path.basename(ARCHIVE)))
        archive(home)
    return home


def archive(home):
    done = subprocess.run([os.path.join(home, "bin", "sluice"), "archive-classes"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=PATIENCE_SECONDS)
    if done.returncode or not os.path.exists(os.path.join(home, ARCHIVE)):
        raise RuntimeError(f"archive-classes failed: {done.stdout[-300:]}")


def variants(site, peer):
    """(name, candidate) of everything that is started; the peer only where it can be."""
    with_archive = Sluice("sluice-start-archive", shipped=True)
    with_archive.home = shipped(site)
    plain = Sluice("sluice-start-plain", shipped=True)
    plain.home = os.path.join(site.folder, "plain")
    if not os.path.exists(plain.home):
        shutil.copytree(with_archive.home, plain.home, symlinks=True,
                        ignore=shutil.ignore_patterns(os.path.basename(ARCHIVE)))
    found = [("sluice, archive-classes", with_archive), ("sluice, no archive", plain)]
    if peer is not None and peer.obstacle(site) is None:
        found += [("vertx-pipe, AppCDS", archived_peer(site, peer)), ("vertx-pipe, no archive", as_it_comes(peer))]
    return found


def as_it_comes(peer, *flags):
    made = MavenPeer(peer.name, peer.main, peer.arguments, peer.versions, flags)
    made.heap, made.shipped = [], True
    return made


def archived_peer(site, peer):
    """The peer with the classes of one start and one request archived; the JVM writes them when it ends."""
    path = os.path.join(site.folder_of(peer.name), "classes.jsa")
    if not os.path.exists(path):
        runner = launch(site, as_it_comes(peer, f"-XX:ArchiveClassesAtExit={path}"), 1)
        site.processes.stop(runner.process)
    return as_it_comes(peer, f"-XX:SharedArchiveFile={path}", "-Xlog:cds=off", "-Xlog:cds+dynamic=off")


def measure(site, peer, times):
    """Rows of (what, seconds of each start), taken in turn."""
    found = variants(site, peer)
    seconds = {name: [] for name, _ in found}
    for turn in range(times):
        for name, candidate in rotated(found, turn):
            runner = launch(site, candidate, 1)
            site.processes.stop(runner.process)
            seconds[name] += runner.starts
    return [dict(what=name, seconds=values, java=os.path.basename(java())) for name, values in seconds.items()]
