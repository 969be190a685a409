import { delivery } from './delivery.js'
import { gateway } from './gateway.js'
import { node } from './node.js'
import { policies } from './policies.js'
import { security } from './security.js'

/** The sections of a workspace, in groups, as the sidebar shows them. */
export const groups = [gateway, policies, delivery, security, node].filter((group) => group.sections.length > 0)

export const sections = groups.flatMap((group) => group.sections)
