// Logging in and out, where the Admin API asks for a token. Arguments: the portal's address and the token.
import { open, tell } from './browser.js'

const [portal, token] = process.argv.slice(2)
const browser = await open(portal, { shots: process.env.SHOTS })
const { page } = browser
const at = (id) => page.getByTestId(id)
const heading = (text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor()

await tell(browser, async () => {
  await page.goto('/default/upstreams')
  await heading('Log in')
  await browser.look('login')
  await at('token').fill(`${token}x`)
  await at('login').click()
  await page.getByText('This is not the token.').waitFor()
  await browser.forgive(/status of 401/)
  await at('token').fill(token)
  await at('login').click()
  await heading('Upstreams')
  await page.locator('a[href="/default/upstreams/new"]').first().waitFor()

  // Another page of the same browser needs no login, and its scripts see neither the token nor the session.
  await page.goto('/default/services')
  await heading('Services')
  const seen = await page.evaluate(() => document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage))
  if (seen.includes(token) || seen.includes('sluice_portal')) throw new Error(`scripts see ${seen}`)

  // A call that is under way would be answered 401.
  await page.locator('a[href="/default/services/new"]').first().waitFor()
  await page.waitForLoadState('networkidle')
  await at('logout').click()
  await heading('Log in')
  await page.goto('/default/routes')
  await heading('Log in')
  console.log('logged in and out')
})
