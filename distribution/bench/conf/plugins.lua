-- Load script: sends the requests of a file in turn, each a line of "Name: value" with tabs between; ends as wrk.lua does.
local here = string.match(debug.getinfo(1, "S").source, "^@(.*/)") or ""
local file = os.getenv("BENCH_REQUESTS")
local requests, turn = {}, 0

dofile(here .. "wrk.lua")

function init()
  for line in io.lines(file) do
    local headers = { Host = wrk.headers["Host"] }
    for name, value in string.gmatch(line, "([^\t:]+): ([^\t]*)") do
      headers[name] = value
    end
    requests[#requests + 1] = wrk.format("GET", nil, headers)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end
