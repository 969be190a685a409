// Certificates and keys: what is made in the pages is what a TLS handshake shows. Arguments: the portal's address, the
// proxy's of TLS, and a folder with certificates in PEM.
import { generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { check, done, open, tell, until } from './browser.js'

const [portal, proxy, folder] = process.argv.slice(2)
const read = (file) => readFile(join(folder, file), 'utf8')

/** The name in the certificate that a client is shown who asks for a server. */
function shown(servername) {
  const [host, port] = proxy.split(':')
  return new Promise((told, failed) => {
    const socket = connect({ host, port: Number(port), servername, rejectUnauthorized: false }, () => {
      told(socket.getPeerCertificate().subject.CN)
      socket.end()
    })
    socket.on('error', failed)
  })
}

const browser = await open(portal, { shots: process.env.SHOTS })
const { page, look } = browser
const at = (id) => page.getByTestId(id)
const heading = (text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor()
const create = () => page.locator('[data-testid$="-create-form-submit"]').click()

/** From a list that is empty to the form of a first one. */
async function first(section, title, one) {
  await at(`nav-${section}`).click()
  await heading(title)
  const make = page.locator(`a[href$="/${section}/new"]`).first()
  await make.waitFor()
  await look(`${section}-empty`)
  await make.click()
  await heading(`New ${one}`)
}

/** The list with what was made in it. */
async function listed(section, title, text) {
  await at(`nav-${section}`).click()
  await heading(title)
  await page.getByRole('table').getByText(text).first().waitFor()
  await look(section)
}

await tell(browser, async () => {
  check((await shown('shop.example')) !== 'shop.example', 'the certificate is there before it was made')

  // A certificate with a name, and one more name made by itself.
  await page.goto('/default/overview')
  await first('certificates', 'Certificates', 'certificate')
  await at('certificate-form-cert').fill(await read('shop.pem'))
  await at('certificate-form-key').fill('no key')
  await create()
  await at('form-error').waitFor()
  await browser.forgive(/status of 400/)
  await look('certificate-refused')
  await at('certificate-form-key').fill(await read('shop.key'))
  await at('sni-field-input-1').fill('shop.example')
  await look('certificate-new')
  await create()
  await heading('shop.example')
  await at('shown-for').getByText('shop.example').waitFor()
  check(!(await page.locator('main').innerText()).includes((await read('shop.key')).split('\n')[1]), 'the card shows the key')
  await look('certificate')
  check((await shown('shop.example')) === 'shop.example', `a client of shop.example is shown ${await shown('shop.example')}`)
  done('a certificate, and a handshake that shows it')

  check((await shown('www.shop.example')) !== 'shop.example', 'the second name leads to the certificate before it was made')
  await at('new-sni').click()
  await heading('New SNI')
  await at('sni-form-name').fill('*.shop.example')
  await look('sni-new')
  await create()
  await heading('*.shop.example')
  await at('certificate').waitFor()
  await look('sni')
  check((await shown('www.shop.example')) === 'shop.example', `a client of www.shop.example is shown ${await shown('www.shop.example')}`)
  await listed('certificates', 'Certificates', 'shop.example')
  await listed('snis', 'SNIs', '*.shop.example')
  done('a name of its own, and a handshake by it')

  // Taken away again, it leads nowhere.
  await page.getByRole('row', { name: '*.shop.example' }).getByTestId('row-actions-dropdown-trigger').click()
  await page.locator('[data-testid="action-entity-delete"]:visible').click()
  await at('modal-action-button').click()
  await until('the name still leads to the certificate', async () => (await shown('www.shop.example')) !== 'shop.example')
  done('the name is gone')

  await first('ca_certificates', 'CA certificates', 'CA certificate')
  await at('ca-certificate-form-cert').fill(await read('root.pem'))
  await look('ca-certificate-new')
  await create()
  await page.getByText('Root of the story').first().waitFor()
  await look('ca-certificate')
  await listed('ca_certificates', 'CA certificates', 'Root of the story')
  done('an authority')

  // Of vaults only what the node has.
  await first('vaults', 'Vaults', 'vault')
  await at('vault-form-config-kong-prefix').fill('STORY_')
  const kinds = await page.locator('[data-testid^="vault-form-provider-"]').count()
  check(kinds <= 1, `${kinds} kinds of vaults are offered`)
  await at('vault-form-prefix').fill('story')
  await look('vault-new')
  await create()
  await heading('story')
  await page.getByText('{vault://story/name-of-the-secret}').waitFor()
  await look('vault')
  await listed('vaults', 'Vaults', 'story')
  done('a vault')

  await first('key-sets', 'Key sets', 'key set')
  await at('key-set-form-name').fill('partners')
  await look('key-set-new')
  await create()
  await heading('partners')
  await look('key-set-alone')
  await page.locator('a[href*="/keys/new"]').first().click()
  await heading('New key')
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = 'partner-1'
  await at('key-form-id').fill(kid)
  await at('key-form-name').fill('first partner')
  await at('key-form-jwk').fill(JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid }))
  await look('key-new')
  await create()
  await heading('first partner')
  await page.getByText('partners').first().waitFor()
  await look('key')
  await listed('keys', 'Keys', 'first partner')
  await listed('key-sets', 'Key sets', 'partners')
  await page.getByText('partners', { exact: true }).first().click()
  await heading('partners')
  await page.getByRole('table').getByText('first partner').waitFor()
  await look('key-set')
  done('a key in a set')

  // A private key in PEM is kept, and the card does not write it out.
  await page.goto('/default/keys/new')
  await heading('New key')
  await at('key-form-id').fill('partner-2')
  await at('key-form-name').fill('second partner')
  await at('key-form-key-format').click()
  await page.getByRole('button', { name: 'PEM', exact: true }).click()
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  await at('key-form-private-key').fill(pem)
  await at('key-form-public-key').fill(publicKey.export({ type: 'spki', format: 'pem' }))
  await look('key-new-pem')
  await create()
  await heading('second partner')
  await page.getByText('partner-2').first().waitFor()
  check(!(await page.locator('main').innerText()).includes(pem.split('\n')[1]), 'the card shows the private key')
  await look('key-pem')
  done('a private key stays out of sight')
})
