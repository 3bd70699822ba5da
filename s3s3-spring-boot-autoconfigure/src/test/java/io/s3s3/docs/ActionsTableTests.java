package io.s3s3.docs;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;

import io.s3s3.health.FailoverControl;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of actions in control.md has whatever the control can do.
 */
class ActionsTableTests {

	@Test
	void hasEachAction() {
		assertThat(Page.named("control.md").table("Actuator endpoint")).extracting((row) -> row.get(0))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(FailoverControl.class.getMethods())
				.filter((method) -> !Modifier.isStatic(method.getModifiers()))
				.map(Method::getName)
				.distinct()
				.filter((name) -> !name.equals("status"))
				.map((name) -> "`" + name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + "`")
				.toList());
	}

}
