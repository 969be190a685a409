package dev.sluice.plugins.adminapi;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FormTreeTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "a=1                         | {'a':'1'}",
    "a=1&a=2                     | {'a':['1','2']}",
    "a[]=1                       | {'a':['1']}",
    "a[]=1&a[]=2                 | {'a':['1','2']}",
    "a[]=1&a=2                   | {'a':['1','2']}",
    "a[2]=y&a[1]=x               | {'a':['x','y']}",
    "a[0]=x&a[1]=y               | {'a':{'0':'x','1':'y'}}",
    "a[2]=y                      | {'a':{'2':'y'}}",
    "a[k]=v&a[l]=w               | {'a':{'k':'v','l':'w'}}",
    "a[x.y]=v                    | {'a':{'x.y':'v'}}",
    "a.b.c=v&a.b.d=w             | {'a':{'b':{'c':'v','d':'w'}}}",
    "a.b[]=1&a.b[]=2             | {'a':{'b':['1','2']}}",
    "a[1].ip=i&a[1].port=p       | {'a':[{'ip':'i','port':'p'}]}",
    "a[][]=1                     | {'a':[['1']]}",
    "a%5B%5D=enc                 | {'a':['enc']}",
    "a.=v                        | {'a.':'v'}",
    ".a=v                        | {'.a':'v'}",
    "a..b=v                      | {'a':{'b':'v'}}",
    "a[=v                        | {'a[':'v'}",
    "a[1]b=v                     | {'a[1]b':'v'}",
    "[]=v                        | {'[]':'v'}",
    "a=x&a.b=y                   | {'a':{'1':'x','b':'y'}}",
    "a=b+c%26d                   | {'a':'b c&d'}",
    "a=                          | {'a':''}",
    "a                           | {'a':true}",
    "=v&&a=1                     | {'a':'1'}",
    "a=%zz%4                     | {'a':'%zz%4'}",
  })
  void expandsNames(String form, String tree) {
    RequestBody body =
        RequestBody.of(FakeRequest.of("POST", "/").body("application/x-www-form-urlencoded", form.strip()).request());
    assertThat(body.form()).isTrue();
    assertThat(body.content()).isEqualTo(new JsonObject(tree.replace('\'', '"')));
  }

  @Test
  void takesWhatIsTooDeepAsOneName() {
    String deep = "a.".repeat(5000) + "b";
    FormTree tree = new FormTree();
    tree.put(deep, "v");
    assertThat(tree.toJson()).isEqualTo(new JsonObject().put(deep, "v"));
  }
}
