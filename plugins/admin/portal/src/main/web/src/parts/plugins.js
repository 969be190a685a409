import { usePluginMetaData } from '@kong-ui-public/entities-plugins'

const WITH_PARTS_TO_LEAVE_OUT = new Set(['canary', 'ai-proxy', 'ai-request-transformer', 'ai-response-transformer'])

/** What is known of a plugin by its name: of one that nobody has heard of, the name. */
export function usePlugins() {
  const { pluginMetaData, getDisplayName } = usePluginMetaData()
  return {
    title: (name) => getDisplayName(name) ?? name,
    about: (name) => (pluginMetaData[name]?.description ?? '').replace(', to which Kong is a contributor', '').replace(/\bKong\b/g, 'Sluice'),
    /** The older engine of forms fills what may be absent with what it would be, such as the gate of a canary. */
    engine: (name) => (pluginMetaData[name] && !WITH_PARTS_TO_LEAVE_OUT.has(name) ? undefined : 'freeform'),
    group: (name) => pluginMetaData[name]?.group ?? 'Others',
    /** Whether it can be for one service, route or consumer alone; whom nobody has heard of, perhaps. */
    fits: (name, kind) => !kind || (pluginMetaData[name]?.scope.includes(kind) ?? true),
  }
}
