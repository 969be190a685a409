// What is asked of the editor beside its field: marks and buttons between the lines, of which a plain field has none.
const nothing = () => ({ dispose() {} })

export const MarkerSeverity = { Error: 8 }
export const editor = { setModelMarkers: nothing, registerCommand: nothing }
export const languages = { registerCodeLensProvider: nothing }

export class Emitter {
  event = nothing
  fire() {}
  dispose() {}
}
