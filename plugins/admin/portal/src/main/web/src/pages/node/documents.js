/** Where the document of a workspace is; without a database there is the one of the default workspace alone. */
export const configPath = (workspace) => (workspace === 'default' ? '/config' : `/${encodeURIComponent(workspace)}/config`)
