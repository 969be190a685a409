import { entity } from './pages.js'

/** Certificates, keys and secrets. */
export const security = {
  title: 'Security',
  sections: [
    entity('certificates', 'Certificates', {
      list: () => import('../pages/security/CertificateList.vue'),
      form: () => import('../pages/security/CertificateForm.vue'),
      one: () => import('../pages/security/CertificateOne.vue'),
    }),
    entity('snis', 'SNIs', {
      list: () => import('../pages/security/SniList.vue'),
      form: () => import('../pages/security/SniForm.vue'),
      one: () => import('../pages/security/SniOne.vue'),
    }),
    entity('ca_certificates', 'CA certificates', {
      list: () => import('../pages/security/CaCertificateList.vue'),
      form: () => import('../pages/security/CaCertificateForm.vue'),
      one: () => import('../pages/security/CaCertificateOne.vue'),
    }),
    entity('vaults', 'Vaults', {
      list: () => import('../pages/security/VaultList.vue'),
      form: () => import('../pages/security/VaultForm.vue'),
      one: () => import('../pages/security/VaultOne.vue'),
    }),
    entity('keys', 'Keys', {
      list: () => import('../pages/security/KeyList.vue'),
      form: () => import('../pages/security/KeyForm.vue'),
      one: () => import('../pages/security/KeyOne.vue'),
    }),
    entity('key-sets', 'Key sets', {
      list: () => import('../pages/security/KeySetList.vue'),
      form: () => import('../pages/security/KeySetForm.vue'),
      one: () => import('../pages/security/KeySetOne.vue'),
    }),
  ],
}
