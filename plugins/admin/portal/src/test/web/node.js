// A configuration goes out as a document, is changed, compared, and comes back live. Arguments: the portal's address, the
// proxy's, and the kind of database, "off" for none.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { check, done, open, tell, until } from './browser.js'

const [portal, proxy, database] = process.argv.slice(2)

const backend = createServer((request, response) => response.end('served'))
await new Promise((ready) => backend.listen(0, '127.0.0.1', ready))
const status = async (path) => (await fetch(proxy + path)).status

const browser = await open(portal, { shots: process.env.SHOTS })
const { page } = browser
// The pages look alike without a database.
const look = (name) => (database === 'off' ? undefined : browser.look(name))
const at = (id) => page.getByTestId(id)
const heading = (text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor()
const summary = (part, text) => at(part).getByTestId('summary').getByText(text, { exact: true }).waitFor()

const DOCUMENT = `_format_version: "3.0"
services:
- name: shop
  url: http://127.0.0.1:${backend.address().port}
  routes:
  - name: shop
    paths: [/first]
consumers:
- username: ada
${database === 'off' ? '' : '  custom_id: lovelace\n'}`

await tell(browser, async () => {
  await page.goto('/default/overview')
  await at('nav-configuration').click()
  await heading('Configuration')
  await at('kind').getByText(database === 'off' ? 'This node has no database' : `keeps its entities in a database (${database})`).waitFor()
  await look(`configuration`)

  // A document with faults is refused, entity by entity, and nothing of it is there.
  await at('document').fill(DOCUMENT.replace('/first', 'first').replace('username: ada', 'usernam: ada'))
  await at('compare').click()
  await at('wrong').getByText('route shop').waitFor()
  await at('wrong').getByText('should start with: /').waitFor()
  await at('wrong').getByText('unknown field').waitFor()
  await browser.forgive(/status of 400/)
  await look(`configuration-refused`)
  check(await at('apply').isDisabled(), 'what was refused can be applied')
  check((await status('/first')) === 404, 'the route is there before it was applied')
  done('a document with faults')

  // Whoever types while it is compared has compared something else.
  let compared
  const asked = new Promise((let_it_go) => { compared = let_it_go })
  await page.route(/diff=1/, async (question) => {
    await asked
    await question.continue()
  }, { times: 1 })
  await at('document').fill(DOCUMENT)
  await at('compare').click()
  await page.getByText('Comparing').or(page.getByText('Sending the document')).waitFor()
  await at('document').fill(`${DOCUMENT}# and more\n`)
  compared()
  await page.locator('.progress').waitFor({ state: 'hidden' })
  check((await at('plan').count()) === 0 && (await at('apply').isDisabled()), 'what was typed after the question can be applied as if it had been compared')
  done('a document that changes while it is compared')

  await at('document').fill(DOCUMENT)
  await at('compare').click()
  await summary('plan', '3 new, 0 changed, 0 deleted, 0 unchanged')
  check((await status('/first')) === 404, 'a comparison has made the route')
  await at('apply').click()
  await summary('applied', '3 new, 0 changed, 0 deleted, 0 unchanged')
  check((await status('/first')) === 200, `the route that was applied answers ${await status('/first')}`)
  await look(`configuration-applied`)
  done('a document that was pasted is live')

  // Out, changed, and in again, from a file.
  await at('view').click()
  await at('exported').getByText('/first').waitFor()
  check((await at('exported').innerText()).startsWith('_masked: true'), 'the view is not marked as one that is masked')
  await look(`configuration-viewed`)
  await at('hide').click()
  const [file] = await Promise.all([page.waitForEvent('download'), at('download').click()])
  check(/^sluice-default-\d{4}-\d\d-\d\d\.yaml$/.test(file.suggestedFilename()), `the file is called ${file.suggestedFilename()}`)
  const exported = await readFile(await file.path(), 'utf8')
  const choose = (text) => at('file').setInputFiles({ name: 'changed.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) })
  await choose(exported)
  await at('compare').click()
  await at('same').getByText('all 3 entities are as the document says').waitFor()
  check(await at('apply').isDisabled(), 'what changes nothing can be applied')
  await choose(exported.replaceAll('/first', '/second'))
  await at('compare').click()
  await summary('plan', '0 new, 1 changed, 0 deleted, 2 unchanged')
  await at('plan').getByText('["/second"]').waitFor()
  await look(`configuration-plan`)
  await at('apply').click()
  await summary('applied', '0 new, 1 changed, 0 deleted, 2 unchanged')
  check((await status('/second')) === 200 && (await status('/first')) === 404, 'the change of the file is not live')
  done('exported, changed, compared, imported')

  // What is not named is deleted only where that was asked for, and said again.
  await at('keep').click()
  await at('document').fill(DOCUMENT.replace(/consumers:[^]*/, '').replace('/first', '/second'))
  await at('compare').click()
  await summary('plan', '0 new, 0 changed, 1 deleted, 2 unchanged')
  await at('apply').click()
  await page.getByRole('dialog').getByText('1 entity that the document does not name goes').waitFor()
  await look(`configuration-deletes`)
  await at('modal-action-button').click()
  await summary('applied', '0 new, 0 changed, 1 deleted, 2 unchanged')
  check((await status('/second')) === 200, 'what was named is gone')
  done('what the document does not name is gone')

  if (database !== 'off') {
    await at('nav-workspaces').click()
    await at('new-workspace').click()
    await at('workspace-name').fill('team-a')
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await page.waitForURL('**/team-a/upstreams')
    // The same names in another workspace: what the default one has stays as it is.
    await at('nav-configuration').click()
    await at('kind').getByText('those of workspace team-a').waitFor()
    await at('document').fill(DOCUMENT.replace('/first', '/third'))
    await at('keep').click()
    await at('compare').click()
    await summary('plan', '3 new, 0 changed, 0 deleted, 0 unchanged')
    await at('apply').click()
    await summary('applied', '3 new, 0 changed, 0 deleted, 0 unchanged')
    check((await status('/third')) === 200 && (await status('/second')) === 200, 'one workspace has taken from the other')
    await at('view').click()
    await at('exported').getByText('/third').waitFor()
    check(!(await at('exported').innerText()).includes('/second'), 'the document of a workspace holds what is in another')
    await look('configuration-workspace')
    // What bears ids of another workspace is refused.
    await at('document').fill(exported)
    await at('compare').click()
    await at('wrong').getByText('an entity of another workspace has it').first().waitFor()
    await browser.forgive(/status of 400/)
    done('another workspace')
  }
}, () => {
  backend.closeAllConnections()
  backend.close()
})
