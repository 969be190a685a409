// A route that is written as an expression, in a real browser. Arguments: the portal's address and the proxy's.
import { createServer } from 'node:http'
import { check, open, tell } from './browser.js'

const [portal, proxy] = process.argv.slice(2)
const browser = await open(portal, { shots: process.env.SHOTS })
const { page, look } = browser
const at = (id) => page.getByTestId(id)
const heading = (text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor()
const server = createServer((request, response) => response.end(request.method))
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))

async function asked(method, right) {
  const { status } = await fetch(`${proxy}/shop`, { method })
  check(status === right, `${method} was answered ${status} instead of ${right}`)
}

await tell(browser, async () => {
  const headers = { 'Content-Type': 'application/json', Origin: portal, 'Sec-Fetch-Site': 'same-origin' }
  const body = JSON.stringify({ name: 'shop', url: `http://127.0.0.1:${server.address().port}` })
  const { id } = await (await fetch(`${portal}/kong-admin/services`, { method: 'POST', headers, body })).json()

  await page.goto(`/default/routes/new?service=${id}`)
  await heading('New route')
  await at('route-form-name').fill('shop')
  await at('expressions-option').click()
  await at('route-form-expression').fill('http.path ^= "/shop" && http.verb == "GET"')
  await at('route-create-form-submit').click()
  await at('form-error').getByText('Router Expression failed validation: Unknown LHS field').waitFor()
  await browser.forgive(/status of 400/)
  await look('expression-refused')
  await at('route-form-expression').fill('http.path ^= "/shop" && http.method == "GET"')
  await at('route-create-form-submit').click()
  await heading('shop')
  await page.getByText('http.method == "GET"').first().waitFor()
  await asked('GET', 200)
  await asked('POST', 404)

  await at('edit').click()
  await heading('Edit route')
  await at('route-form-expression').fill('http.path ^= "/shop" && http.method == "POST"')
  await look('expression-edit')
  await at('route-edit-form-submit').click()
  await heading('shop')
  await asked('GET', 404)
  await asked('POST', 200)
  console.log('a route by an expression, refused, made and changed')
}, () => {
  server.closeAllConnections()
  server.close()
})
