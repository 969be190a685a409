// Who may ask for what, in a real browser: a consumer with a key, plugins that are seen in the traffic at once, and one
// whose jar comes while the page is open. Arguments: the portal's address, the proxy's, a jar, the folder of plugins.
import { createServer } from 'node:http'
import { copyFile, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { check, done, open, tell, until } from './browser.js'

const [portal, proxy, jar, folder] = process.argv.slice(2)

async function api(path, body) {
  const headers = { 'Content-Type': 'application/json', Origin: portal, 'Sec-Fetch-Site': 'same-origin' }
  const answer = await fetch(`${portal}/kong-admin${path}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) })
  const text = await answer.text()
  check(answer.ok, `${path} was answered ${answer.status}: ${text}`)
  return JSON.parse(text)
}

const asked = (headers = {}) => fetch(`${proxy}/shop`, { headers })
const withKey = { apikey: 'the-key-of-ann' }

const server = createServer((request, response) => response.end('shop'))
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
await api('/services', { name: 'shop', url: `http://127.0.0.1:${server.address().port}` })
await api('/services/shop/routes', { name: 'shop', paths: ['/shop'] })

const browser = await open(portal, { shots: process.env.SHOTS })
const { page, look } = browser
const at = (id) => page.getByTestId(id)
const heading = (text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor()
const table = page.getByRole('table')
const leadsTo = (part) => page.locator(`main a[href*="${part}"]`).first()

await tell(browser, async () => {
  // A consumer.
  await page.goto('/default/consumers')
  await heading('Consumers')
  await leadsTo('/consumers/new').waitFor()
  await look('consumers-empty')
  await leadsTo('/consumers/new').click()
  await heading('New consumer')
  await at('consumer-form-username').fill('ann')
  await look('consumer-new')
  await at('consumer-create-form-submit').click()
  await heading('ann')
  done('a consumer')

  // Its key.
  await leadsTo('/credentials/key-auth/new').click()
  await heading('New key')
  await page.locator('#key').fill(withKey.apikey)
  await look('credential-new')
  await at('plugin-create-form-submit').click()
  await heading('ann')
  await table.locator('.copy-text').waitFor()
  await look('consumer')
  done('its key')

  // A key that somebody has already: the API says so.
  await leadsTo('/credentials/key-auth/new').click()
  await heading('New key')
  await page.locator('#key').fill(withKey.apikey)
  await at('plugin-create-form-submit').click()
  await at('form-error').getByText('UNIQUE violation detected').waitFor()
  await browser.forgive(/status of 409/)
  done('a key twice is refused, in words of the API')

  // The name in a certificate: a list of the portal's own.
  await page.goBack()
  await heading('ann')
  await page.getByRole('tab', { name: 'Certificates' }).click()
  await page.getByText('No certificate names yet.').waitFor()
  await at('new-subject').click()
  await at('subject-name').fill('ann.example')
  await look('subject-new')
  await at('modal-action-button').click()
  await table.getByText('ann.example', { exact: true }).waitFor()
  await look('subjects')
  await page.getByRole('button', { name: 'Remove ann.example' }).click()
  await page.getByRole('dialog').getByTestId('modal-action-button').click()
  await page.getByText('No certificate names yet.').waitFor()
  done('the name in a certificate, made and removed')

  // The service asks for it.
  check((await asked()).status === 200, 'nothing asks for a key yet')
  await at('nav-services').click()
  await heading('Services')
  await table.getByText('shop', { exact: true }).first().click()
  await heading('shop')
  await leadsTo('/plugins/new?service=').click()
  await heading('New plugin')
  await page.getByText('It will be for one service alone.').waitFor()
  await at('find-plugin').fill('key')
  await look('plugin-choice')
  await at('choose-key-auth').click()
  await heading('New plugin: Key Authentication')
  await look('plugin-key-auth')
  await at('plugin-create-form-submit').click()
  await heading('shop')
  await table.getByText('Key Authentication').waitFor()
  await look('service-plugins')
  let answer = await asked()
  check(answer.status === 401, `without a key: ${answer.status}`)
  answer = await asked(withKey)
  check(answer.status === 200 && (await answer.text()) === 'shop', `with the key: ${answer.status}`)
  done('key-auth for one service: 401 without the key, 200 with it')

  // A limit for all.
  await at('nav-plugins').click()
  await heading('Plugins')
  await leadsTo('/plugins/new').click()
  await heading('New plugin')
  await at('choose-rate-limiting').click()
  await heading('New plugin: Rate Limiting')
  await page.locator('#config-hour').fill('-2')
  await at('plugin-create-form-submit').click()
  await at('form-error').getByText('config.hour: value must be greater than 0').waitFor()
  await page.getByText('value must be greater than 0', { exact: true }).waitFor()
  await until('the field is not marked', () => page.evaluate(() => document.activeElement.matches('#config-hour[aria-invalid=true]')))
  await browser.forgive(/status of 400/)
  await look('plugin-refused')
  await page.locator('#config-hour').fill('2')
  await at('plugin-create-form-submit').click()
  await heading('Plugins')
  await table.getByText('Rate Limiting').waitFor()
  await look('plugins')
  const seen = []
  for (let i = 0; i < 3; i += 1) seen.push((await asked(withKey)).status)
  check(seen.join() === '200,200,429', `with a limit of two: ${seen}`)
  done(`a limit, first refused at its field: ${seen}`)

  // Both are switched off and away.
  await table.getByTestId('key-auth').locator('.switch-control').click()
  await look('plugin-off')
  await at('modal-action-button').click()
  await page.getByText('key-auth is off.').waitFor()
  answer = await asked()
  check(answer.status === 200, `with key-auth switched off: ${answer.status}`)
  await table.getByTestId('rate-limiting').getByTestId('row-actions-dropdown-trigger').click()
  await page.locator('[data-testid=action-entity-delete]:visible').click()
  await at('confirmation-input').fill('rate-limiting')
  await at('modal-action-button').click()
  await page.getByText('The plugin is gone.').waitFor()
  for (let i = 0; i < 3; i += 1) check((await asked()).status === 200, 'a plugin that is gone still counts')
  done('switched off, and deleted: 200 without the key')

  // A jar comes while the page is open.
  await leadsTo('/plugins/new').click()
  await heading('New plugin')
  await at('choose-acl').waitFor()
  check((await at('choose-example').count()) === 0, 'the plugin is there before its jar')
  await copyFile(jar, join(folder, 'incoming.part'))
  await rename(join(folder, 'incoming.part'), join(folder, basename(jar)))
  await at('choose-example').click()
  await heading('New plugin: example')
  await at('ff-config.header_value').fill('from a jar')
  await look('plugin-example')
  await at('plugin-create-form-submit').click()
  await heading('Plugins')
  answer = await asked()
  check(answer.headers.get('X-Example') === 'from a jar', `its header is ${answer.headers.get('X-Example')}`)
  done('a jar that came meanwhile: a form of its schema, and its header')

  // What it is, and a change.
  await table.getByText('example', { exact: true }).click()
  await heading('example')
  await page.getByText('from a jar').waitFor()
  await look('plugin')
  await at('edit').click()
  await heading('Edit example')
  await at('ff-config.header_value').fill('edited')
  await at('plugin-edit-form-submit').click()
  await heading('Plugins')
  answer = await asked()
  check(answer.headers.get('X-Example') === 'edited', `its header after the change is ${answer.headers.get('X-Example')}`)
  done('changed')

  // What a plugin leaves out stays out when its form is saved: here the gate, which would roll the canary back.
  const canary = await api('/routes/shop/plugins', { name: 'canary', config: { upstream_host: 'elsewhere.example', percentage: 10 } })
  check(canary.config.gate === null, 'the canary has a gate that nobody asked for')
  await page.goto(`/default/plugins/${canary.id}/edit`)
  await heading('Edit Canary Release')
  await at('ff-config.percentage').waitFor({ state: 'attached' })
  await at('ff-config.upstream_host').fill('other.example')
  await at('plugin-edit-form-submit').click()
  await heading('Plugins')
  const config = { ...canary.config, upstream_host: 'other.example' }
  const after = (await api(`/plugins/${canary.id}`)).config
  check(JSON.stringify(after) === JSON.stringify(config), `its form made ${JSON.stringify(after)} of ${JSON.stringify(canary.config)}`)
  done('a form changes what is typed and nothing else')
}, () => {
  server.closeAllConnections()
  server.close()
})
