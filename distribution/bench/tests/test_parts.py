"""What is measured beside the rounds: what tools print, and what becomes of it in the report."""
import socket
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer

from harness import h2load, jvm, sections, stime, summary
from harness.http import Kept
from harness.parts import allocation, changes, memory, syscalls
from harness.parts.changes import Writer
from harness.wrk import Load

from .test_figures import a_run, an_outcome

H2LOAD = """Application protocol: h2
finished in 2.00s, 2530.50 req/s, 481.67KB/s
requests: 5125 total, 5125 started, 5063 done, 5061 succeeded, 2 failed, 1 errored, 0 timeout
traffic: 963.35KB (986466) total, 312.29KB (319784) headers (space savings 76.24%), 514.20KB (526543) data
"""
THREADS = """"main" #1 prio=5 os_prio=0 cpu=9.56ms elapsed=8.36s allocated=2048B defined_classes=2 tid=0x1 nid=0x2 waiting
"vert.x-eventloop-thread-0" #23 prio=5 os_prio=0 cpu=1.2ms elapsed=8s allocated=512K defined_classes=4 tid=0x3 nid=0x4 runnable
"vert.x-eventloop-thread-1" #24 prio=5 os_prio=0 cpu=1.2ms elapsed=8s allocated=11M defined_classes=4 tid=0x5 nid=0x6 runnable
"VM Thread" os_prio=0 cpu=1.60ms elapsed=8s tid=0x7 nid=0x8 runnable
"""
SERIAL = """ def new generation   total 157248K, used 9000K [0x1, 0x2, 0x3)
  eden space 139776K,   6% used [0x1, 0x2, 0x3)
 tenured generation   total 349568K, used 1240K [0x1, 0x2, 0x3)
 Metaspace       used 30000K, committed 30100K, reserved 1114112K
"""
STRACE = """% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 60.00    0.300000          10      4000           sendto
 40.00    0.200000          10      2000       200 recvfrom
------ ----------- ----------- --------- --------- ----------------
100.00    0.500000          10      6000       200 total
"""


def a_load(p99_us, bad_status=0):
    return Load(requests=10, bytes=99, seconds=1, p50_us=1000, p99_us=p99_us, bad_status=bad_status, socket_errors=0,
                timeouts=0)


class ToolsTest(unittest.TestCase):
    def test_h2load(self):
        load = h2load.parse(H2LOAD, list(range(1, 101)))

        self.assertEqual(Load(5061, 526543, 2.0, 51, 100, 2, 1, 0), load)

    def test_h2load_that_spoke_an_older_protocol_is_an_error(self):
        with self.assertRaisesRegex(RuntimeError, "http/1.1"):
            h2load.parse(H2LOAD.replace(": h2\n", ": http/1.1\n"), [])

    def test_s_time(self):
        text = "***\n231 connections in 0.20s; 1155.00 connections/user sec, bytes read 82931\n" \
               "231 connections in 4 real seconds, 359 bytes read per connection\n"

        self.assertEqual(Load(231, 231 * 359, 3, 0, 0, 0, 0, 0), stime.parse(text, 3, 0))
        with self.assertRaisesRegex(RuntimeError, "refused"):
            stime.parse("connect: refused", 3, 1)

    def test_strace(self):
        self.assertEqual({"sendto": 4000, "recvfrom": 2000}, syscalls.parse(STRACE))

    def test_threads_of_a_jvm(self):
        found = jvm.parse_allocated(THREADS)

        self.assertEqual(jvm.Allocated(512 * 2**10 + 11 * 2**20, 2048, 2**20), found)

    def test_live_heap(self):
        self.assertEqual(10240 / 1024, jvm.parse_live(SERIAL))
        self.assertEqual(2, jvm.parse_live(" garbage-first heap   total 262144K, used 2048K [0x1, 0x2)"))
        with self.assertRaises(RuntimeError):
            jvm.parse_live("no such process")


class RowsTest(unittest.TestCase):
    def test_bytes_per_request(self):
        before, after = jvm.Allocated(2**20, 0, 1), jvm.Allocated(401 * 2**20, 2**10, 2**20)

        found = allocation.per_request(before, after, 100 * 2**10)

        self.assertAlmostEqual(4096, found["loop_bytes"])
        self.assertAlmostEqual(0.01, found["other_bytes"])

    def test_a_rough_count_is_none(self):
        before, after = jvm.Allocated(10 * 2**30, 0, 2**30), jvm.Allocated(11 * 2**30, 0, 2**30)

        self.assertIsNone(allocation.per_request(before, after, 1000)["loop_bytes"])

    def test_growth_is_by_ten_thousand(self):
        before, after = (dict(rss_mib=900, settled_mib=settled, live_mib=live) for settled, live in ((100, 10), (120, 11)))

        self.assertEqual(dict(rss_mib=40, live_mib=2), memory.grown(before, after, 5000))

    def test_quiet_and_busy_are_set_beside_each_other(self):
        loads = {"first": [a_load(9000)], "quiet": [a_load(2000), a_load(4000), a_load(2500)],
                 "busy": [a_load(5000), a_load(3000, 2)]}
        found = dict(candidate="sluice", mode="steady", scenario="small -c32", **changes.row(loads, [0.1, 0.3], 0.5))

        self.assertEqual((2500, 4000, 2), (found["quiet"]["p99_us"], found["busy"]["p99_us"], found["errors"]))
        self.assertIn("| 2.50 | 4.00 | 1.60 | 9.00 |", sections.changes([found])[-1])
        self.assertAlmostEqual(4, found["writes_per_second"])

    def test_every_part_has_its_table_and_its_lines_in_short(self):
        runs = [a_run("nginx", 20), a_run("sluice", 30), a_run("sluice-2-loops", 36, loops=[0.6, 0.4])]
        outcome = an_outcome(*runs)
        outcome["candidates"][2]["beside"] = "sluice"
        outcome.update(
            start=[dict(what="it", seconds=[0.5, 0.7, 0.6])], memory=[dict(what="idle", rss_mib=150.04, live_mib=12)],
            allocation=[dict(candidate="sluice", scenario="s", loop_bytes=3965.4, grain_bytes=5, other_bytes=64,
                             user_us=1, system_us=2, requests=1000)],
            changes=[dict(candidate="sluice", mode="full", scenario="s", **changes.row(
                {"first": [a_load(2000)], "quiet": [a_load(1000)], "busy": [a_load(1300)]}, [0.01], 0.02))],
            syscalls=[dict(candidate="sluice", scenario="s", requests=9, calls={"sendto": 2.0, "rare": 0.001})])

        text = "\n".join(sections.all_of(outcome))
        for line in ("| it | 0.60 (0.50–0.70) |", "| idle | 150.0 | 12.0 |", "| sluice | s | 3,965 |",
                     "| sluice | s | 2.00 | 9 | sendto 2.00 |"):
            self.assertIn(line, text)
        short = "\n".join(summary.summary(outcome))
        for line in ("sluice / nginx | 1.50 |", "sluice-2-loops / sluice | 1.20 |", "it | 0.60 s |",
                     "sluice | 1.30, 0 errors |", "sluice | 3,965 |", "idle | 150.0 MiB |", "sluice | 2.00 |"):
            self.assertIn(line, short)


class Admin(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answers = {"POST": (201, b"{}"), "PATCH": (200, b"{}"), "DELETE": (204, b"")}

    def log_message(self, *_):
        pass

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path))
        status, body = self.answers[self.command]
        self.send_response(503 if len(self.server.seen) > self.server.patience else status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PATCH = do_DELETE = answer


class KeptTest(unittest.TestCase):
    def exchange(self, *parts):
        listening = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listening.close)

        def answer():
            connection = listening.accept()[0]
            with connection:
                while b"\r\n\r\nbody" not in connection.recv(4096):
                    pass
                for part in parts:
                    connection.sendall(part)
                    time.sleep(0.01)

        threading.Thread(target=answer, daemon=True).start()
        kept = Kept(listening.getsockname()[1])
        self.addCleanup(kept.close)
        return kept.exchange("POST", "/", b"body")

    def test_answers_in_parts(self):
        self.assertEqual((201, b"abcdef"), self.exchange(b"HTTP/1.1 201 Created\r\ncontent-", b"Length: 6\r\n\r\nabc", b"def"))
        self.assertEqual((204, b""), self.exchange(b"HTTP/1.1 204 No Content\r\n\r\n"))

    def test_what_has_no_end_is_an_error(self):
        with self.assertRaisesRegex(RuntimeError, "without a length"):
            self.exchange(b"HTTP/1.1 200 OK\r\n\r\n")
        with self.assertRaisesRegex(ConnectionError, "closed"):
            self.exchange(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")


class WriterTest(unittest.TestCase):
    def writer(self, patience):
        server = HTTPServer(("127.0.0.1", 0), Admin)
        server.seen, server.patience = [], patience
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server, Writer(server.server_port)

    def test_leaves_no_route_behind(self):
        server, writer = self.writer(1000)
        writer.start()
        while len(server.seen) < 4:
            self.assertTrue(writer.is_alive())
        writer.end()

        self.assertEqual(0, len(server.seen) % 3)
        self.assertEqual([("POST", "/services/bench/routes"), ("PATCH", "/routes/change-0"),
                          ("DELETE", "/routes/change-0")], server.seen[:3])

    def test_a_write_that_fails_fails_the_run(self):
        _, writer = self.writer(1)
        writer.start()
        writer.join(30)

        with self.assertRaisesRegex(RuntimeError, "PATCH /routes/change-0 answered 503"):
            writer.end()
