/** The credentials of consumers: the plugin that asks for them, their place in the API, and what one of them is called. Those
 * with a list of the portal's own are made in it. */
export const credentials = [
  { plugin: 'key-auth', path: 'key-auth', title: 'Keys', one: 'key' },
  { plugin: 'basic-auth', path: 'basic-auth', title: 'Passwords', one: 'user name and password' },
  { plugin: 'jwt', path: 'jwt', title: 'JWT', one: 'JWT credential' },
  { plugin: 'hmac-auth', path: 'hmac-auth', title: 'HMAC', one: 'HMAC credential' },
  { plugin: 'oauth2', path: 'oauth2', title: 'OAuth 2.0', one: 'OAuth 2.0 application' },
  { plugin: 'acl', path: 'acls', title: 'Groups', one: 'group' },
  { plugin: 'mtls-auth', path: 'mtls-auth', title: 'Certificates', one: 'certificate name', own: true },
]
