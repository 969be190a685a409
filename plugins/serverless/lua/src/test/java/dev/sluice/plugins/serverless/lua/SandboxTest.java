package dev.sluice.plugins.serverless.lua;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Scripts that mean ill, with all that {@code untrusted_lua = on} gives them. */
class SandboxTest {

  private static Scripts scripts;

  @BeforeAll
  static void start() {
    scripts = new Scripts(Map.of("untrusted_lua", "on", "event_loops", "1"));
  }

  @AfterAll
  static void stop() {
    scripts.close();
  }

  /** Each of them would last for ever, or fill the memory. */
  static Stream<String> hostile() {
    return Stream.of(
        "while true do end",
        "repeat until false",
        "for i = 1, math.huge do end",
        "::top:: goto top",
        "while true do pcall(function() while true do end end) end",
        "while true do pcall(error) end",
        "while true do pcall(function() local x = nil; x.y = 1 end) end",
        "xpcall(function() while true do end end, function() while true do end end)",
        "string.gsub(('x'):rep(100), '.', function() while true do end end)",
        "local t = setmetatable({}, {__index = function(t, k) while true do end end}) local x = t.x",
        "local t = setmetatable({}, {__tostring = function() while true do end end}) tostring(t)",
        "local t = setmetatable({}, {__concat = function() while true do end end}) local x = t .. t",
        "local t = setmetatable({}, {__eq = function() while true do end end}) "
            + "local u = setmetatable({}, getmetatable(t)) local x = t == u",
        "local t = {} for i = 1, 100 do t[i] = i end table.sort(t, function(a, b) while true do end end)",
        "for _ in function() return 1 end do end",
        "local s = 'x' while true do s = s .. s end",
        "local s = 'x' while true do pcall(function() s = s .. s .. s end) end",
        "local s = ('x'):rep(1e9)",
        "local s = ('x'):rep(1e9, 'yyyyyyyy')",
        "local t = {} while true do t[#t + 1] = ('x'):rep(1e6) end",
        "local t = {} for i = 1, 1e9 do t[i] = {} end",
        "local t = {} while true do t = {t, t, t, t, {}, {}, {}} end",
        "local s = ('a'):rep(30) .. 'b' while true do s:match(('a*'):rep(30) .. 'c') end",
        "(('a'):rep(100000)):match(('.-'):rep(20) .. 'b')",
        "(('a'):rep(1000000)):find(('a'):rep(500000) .. 'b', 1, true)",
        "ngx.re.gsub(('a'):rep(1000000), '(a*)*b', 'x')",
        "local s = ('a'):rep(1e6) while true do ngx.re.match(s, '(a|aa)*$') end",
        "ngx.re.find(('a'):rep(90000), '(a{1,20}){1,40}b')",
        "ngx.re.gsub(('a'):rep(20000), 'a.*?b|a', 'x')",
        "for x in ngx.re.gmatch(('a'):rep(20000), 'a.*?b|a') do end",
        "local a, b = ('x'):rep(2e6), ('x'):rep(2e6) while true do if a ~= b then break end end",
        "local a, b = ('x'):rep(2e6), ('x'):rep(2e6) while true do if a < b then break end end",
        "local k = ('x'):rep(2e6) local t = {[k] = 1} while true do local x = t[('x'):rep(10) .. k] end",
        "local s = (' '):rep(1e6) .. '1' while true do local x = s + 1 end",
        "local s = ('x'):rep(1e6) while true do s:upper() end",
        "local s = ('x'):rep(1e6) while true do ngx.md5(s) end",
        "local function f(...) return select('#', ...) end "
            + "local t = {} for i = 1, 7000 do t[i] = i end while true do f(unpack(t)) end",
        "local t = {} for i = 1, 20000 do t[i] = i end while true do table.insert(t, 1, 0) table.remove(t, 1) end",
        "local t = {} for i = 1, 20000 do t[i] = i end while true do table.concat(t) end",
        "while true do kong.log.err('x') end",
        "while true do string.format('%99.99f', 1e308) end",
        "local t = {} t.t = t require('cjson').encode(t) while true do end",
        "while true do os.date('%c%c%c%c%c%c%c%c') end",
        "unpack({}, 1, 1e8) while true do end",
        "local f = ngx.say while true do f(('x'):rep(1e5)) end");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void isEndedWithAnError(String script) {
    long before = System.nanoTime();
    var answer = scripts.answer(script);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo("An unexpected error occurred");
    // Milliseconds on a machine that has nothing else to do; this is about "never", on one that has.
    assertThat(System.nanoTime() - before).isLessThan(30_000_000_000L);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void isEndedWhenItIsAFunctionInAnyPhase(String script) {
    String path = scripts.route(new JsonObject()
        .mergeIn(Scripts.in("header_filter", "return function() " + script + " end"))
        .mergeIn(Scripts.in("body_filter", "return function() " + script + " end"))
        .mergeIn(Scripts.in("log", "return function() " + script + " end")));
    assertThat(scripts.gateway.get(path).statusCode()).isEqualTo(200);
    assertThat(scripts.gateway.get(path).bodyAsJsonObject().getString("uri")).isEqualTo(path);
  }

  static Stream<String> deep() {
    return Stream.of(
        "local function f() return 1 + f() end f()",
        "local function f() f() end f()",
        "local function f() pcall(f) end f() f()",
        "local t t = setmetatable({}, {__index = function(_, k) return t[k .. 'x'] end}) local x = t.a",
        "local function f(s) return (s:gsub('.', f)) end f('x')",
        "local t = setmetatable({}, {__tostring = function(s) return tostring(s) end}) tostring(t)",
        "local function f(a, b) table.sort({1, 2, 3}, f) return false end f()",
        "local t = {} for i = 1, 5000 do t = {t} end require('cjson').encode(t)");
  }

  @ParameterizedTest
  @MethodSource("deep")
  void doesNotReachTheEndOfTheStack(String script) {
    var answer = scripts.answer("pcall(function() " + script + " end) kong.response.exit(200, 'alive')");
    assertThat(answer.statusCode() + " " + answer.bodyAsString()).isIn("200 alive",
        "500 " + answer.bodyAsString());
    assertThat(scripts.value("1 + 1")).isEqualTo("2");
  }

  @Test
  void thereIsNoWayOut() {
    for (String name : new String[] {
      "io.open", "os.execute", "os.getenv", "os.exit", "os.remove", "debug.getregistry", "package.loadlib",
      "coroutine.create", "luajava", "loadstring", "load", "dofile", "loadfile", "string.dump", "collectgarbage"
    }) {
      String[] steps = name.split("\\.", 2);
      String use = steps.length == 1 ? steps[0] + "('return 1')" : name + "('x')";
      assertThat(scripts.value("pcall(function() return " + use + " end)")).as(name).startsWith("false");
    }
    assertThat(scripts.value("select(2, pcall(function() coroutine.create() end))"))
        .endsWith("coroutine.create is not available in this gateway");
    assertThat(scripts.value("select(2, pcall(function() kong.service.set_retries(1) end))"))
        .endsWith("kong.service.set_retries is not available in this gateway");
    assertThat(scripts.value("select(2, pcall(require, 'resty.http'))"))
        .endsWith("module 'resty.http' is not available in this gateway");
  }

  @Test
  void whatAllShareCannotBeChanged() {
    for (String attack : new String[] {
      "string.rep = nil", "rawset(string, 'rep', 1)", "kong.request.get_method = 1", "ngx.now = 1",
      "kong.request = 1", "setmetatable(string, {})", "getmetatable('').__index = {}", "table.clear(string)",
      "table.insert(table, 1)", "table.sort(kong)  string.rep = 1", "rawset(getmetatable(_G).__index, 'kong', 1)",
      "getmetatable(_G).__index.kong = 1", "setmetatable(kong, {})", "kong.ctx = 1", "rawset(kong.ctx, 'x', 1)",
      "setmetatable('', {})", "rawset(getmetatable(kong.request.get_headers()), 'x', 1)", "ngx.null.x = 1",
      "table.move({1}, 1, 1, 1, string)", "require('cjson').encode = 1"
    }) {
      assertThat(scripts.value("pcall(function() " + attack + " end)")).as(attack).startsWith("false");
    }
    assertThat(scripts.value("('x'):rep(3) .. kong.request.get_method() .. tostring(kong.x)")).isEqualTo("xxxGETnil");
    assertThat(scripts.value("getmetatable('')")).isEqualTo("false");
  }

  @Test
  void globalsAreOfOneScriptAlone() {
    scripts.answer("leaked = 'x' _G.leaked2 = 'y' string2 = string kong2 = kong _ENV.leaked3 = 1");
    assertThat(scripts.value("tostring(leaked) .. tostring(leaked2) .. tostring(leaked3)")).isEqualTo("nilnilnil");
    scripts.answer("kong = nil ngx = nil tostring = nil pairs = nil");
    assertThat(scripts.value("kong ~= nil and ngx ~= nil and pairs ~= nil")).isEqualTo("true");
    String two = scripts.route(Scripts.in("access", "mine = 1", "kong.response.exit(200, tostring(mine))"));
    assertThat(scripts.gateway.get(two).bodyAsString()).isEqualTo("nil");
  }

  @Test
  void aLimitDoesNotOutliveItsCall() {
    String path = scripts.route(Scripts.in(
        "access", "return function() local n = 0 for i = 1, 30000 do n = n + 1 end kong.response.exit(200, n .. '') end"));
    for (int i = 0; i < 20; i++) {
      assertThat(scripts.gateway.get(path).bodyAsString()).isEqualTo("30000");
    }
  }
}
