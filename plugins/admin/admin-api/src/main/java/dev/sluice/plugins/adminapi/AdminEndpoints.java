package dev.sluice.plugins.adminapi;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;

/** The endpoints of the Admin API: those of all entities, then what is special, then what plugins bring. */
final class AdminEndpoints {

  private AdminEndpoints() {}

  static EndpointTable table(Api api, LogLevelEndpoints logLevel, AuditLog auditLog) {
    EndpointTable.Builder table = new EndpointTable.Builder();
    AbsentEndpoints.add(table);
    for (EntityType<?> type : api.catalog().entityTypes().values()) {
      if (type.endpoints()) {
        table.addAll(EntityEndpoints.of(api, type));
      }
    }
    NodeEndpoints.add(api, table);
    SchemaEndpoints.add(api, table);
    TagEndpoints.add(api, table);
    CacheEndpoints.add(table);
    OpenApi.add(api, table);
    Audit.add(auditLog, api, table);
    logLevel.addTo(table);
    ConsumerEndpoints.add(api, table, new EntityList(api, CoreEntities.CONSUMERS)::get);
    PluginEndpoints.add(api, table);
    WorkspaceEndpoints.add(api, table);
    TargetEndpoints.add(api, table);
    HealthEndpoints.add(api, table);
    CertificateEndpoints.add(api, table);
    return table.addAll(api.catalog().adminEndpoints()).build();
  }
}
