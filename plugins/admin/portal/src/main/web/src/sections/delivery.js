import { single } from './pages.js'

/** How traffic is moved from one version to another, and seen. */
export const delivery = {
  title: 'Delivery',
  sections: [
    {
      name: 'deployments',
      title: 'Deployments',
      routes: [
        { path: 'deployments', name: 'deployments', component: () => import('../pages/Deployments.vue'), meta: { title: 'Deployments', section: 'deployments' } },
        { path: 'deployments/new', name: 'deployments-new', component: () => import('../pages/DeploymentForm.vue'), meta: { title: 'New deployment', section: 'deployments' } },
        { path: 'deployments/:id', name: 'deployments-one', component: () => import('../pages/DeploymentOne.vue'), meta: { title: 'Deployment', section: 'deployments' } },
      ],
    },
    single('traffic', 'Traffic', () => import('../pages/Traffic.vue')),
    single('ledger', 'Ledger', () => import('../pages/Ledger.vue')),
    single('explain', 'Explain', () => import('../pages/Explain.vue')),
  ],
}
