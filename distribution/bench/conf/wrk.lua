-- Load script. The environment says what a request carries: another key (BENCH_KEYS) or another prefix of the path
-- (BENCH_PREFIXES) each time, of the lines of a file, or other headers (BENCH_REQUESTS: each line has some "Name: value"
-- with tabs between); a body to post (BENCH_POST, a file); the end of the connection after it (BENCH_FRESH); so many
-- milliseconds of rest before it, 1 to 2 × BENCH_REST. Ends with one line of JSON.
local function lines_of(variable)
  local name, found = os.getenv(variable), {}
  if name then
    for line in io.lines(name) do
      found[#found + 1] = line
    end
  end
  return found
end

local keys, prefixes, others = lines_of("BENCH_KEYS"), lines_of("BENCH_PREFIXES"), lines_of("BENCH_REQUESTS")
local rest = tonumber(os.getenv("BENCH_REST"))
local requests, turn = {}, 0

if os.getenv("BENCH_POST") then
  local file = io.open(os.getenv("BENCH_POST"), "rb")
  wrk.method, wrk.body = "POST", file:read("*a")
  file:close()
end
if os.getenv("BENCH_FRESH") then
  wrk.headers["Connection"] = "close"
end

local function with(line)
  local headers = {}
  for name, value in pairs(wrk.headers) do
    headers[name] = value
  end
  for name, value in string.gmatch(line, "([^\t:]+): ([^\t]*)") do
    headers[name] = value
  end
  return headers
end

if #keys + #prefixes + #others > 0 then
  function init()
    local leaf = wrk.path:match("[^/]+$")
    for _, key in ipairs(keys) do
      requests[#requests + 1] = wrk.format(nil, nil, with("apikey: " .. key))
    end
    for _, line in ipairs(others) do
      requests[#requests + 1] = wrk.format(nil, nil, with(line))
    end
    for _, prefix in ipairs(prefixes) do
      requests[#requests + 1] = wrk.format(nil, prefix .. "/" .. leaf)
    end
  end

  function request()
    turn = turn % #requests + 1
    return requests[turn]
  end
end

if rest then
  function delay()
    return math.random(1, 2 * rest)
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
