-- Load script: sends each request with another key where a file of keys is named, and ends with one line of JSON.
local keys_file = os.getenv("BENCH_KEYS")
local requests, turn = {}, 0

if keys_file then
  function init()
    for key in io.lines(keys_file) do
      requests[#requests + 1] = wrk.format("GET", nil, { Host = wrk.headers["Host"], apikey = key })
    end
  end

  function request()
    turn = turn % #requests + 1
    return requests[turn]
  end
end

function done(summary, latency)
  local failed = summary.errors
  local fields = {
    requests = summary.requests, bytes = summary.bytes, duration_us = summary.duration,
    bad_status = failed.status, connect = failed.connect, read = failed.read, write = failed.write,
    timeout = failed.timeout, p50_us = latency:percentile(50), p99_us = latency:percentile(99), max_us = latency.max,
  }
  local parts = {}
  for name, value in pairs(fields) do
    parts[#parts + 1] = string.format('"%s":%d', name, math.floor(value))
  end
  print("SUMMARY {" .. table.concat(parts, ",") .. "}")
end
