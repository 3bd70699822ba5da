package io.s3s3.autoconfigure;

import java.util.Map;

import io.s3s3.testkit.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Actuator shows no secret of a location, even if it is told to show all values.
 */
class SecretsSanitizingTests {

	private static final String SECRET = "marked-secret-of-a-location";

	private final ApplicationContextRunner actuator = Contexts.bare()
		.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class,
				EnvironmentEndpointAutoConfiguration.class,
				ConfigurationPropertiesReportEndpointAutoConfiguration.class, S3s3SanitizingAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=*", "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always", "s3s3.primary.bucket=east",
				"s3s3.primary.region=us-east-1", "s3s3.secondary.bucket=west", "s3s3.secondary.region=us-west-2",
				"s3s3.probe.enabled=false");

	@ParameterizedTest
	@ValueSource(strings = { "secret-key", "session-token" })
	void isNotInWhatPropertiesSay(String property) {
		this.actuator
			.withPropertyValues("s3s3.primary.credentials.access-key=a", "s3s3.primary.credentials.secret-key=s",
					"s3s3.primary.credentials." + property + "=" + SECRET)
			.run((context) -> {
				assertThat(shownBy(context.getBean(EnvironmentEndpoint.class))).contains("us-west-2")
					.doesNotContain(SECRET);
				assertThat(shownBy(context.getBean(ConfigurationPropertiesReportEndpoint.class))).contains("us-west-2")
					.doesNotContain(SECRET);
			});
	}

	@Test
	void isNotInWhatTheySayOfWhereAPropertyComesFrom() {
		this.actuator.withInitializer((context) -> {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("S3S3_PRIMARY_CREDENTIALS_ACCESSKEY", "a", "S3S3_PRIMARY_CREDENTIALS_SECRETKEY", SECRET,
								"SPRING_APPLICATION_JSON",
								"{\"s3s3.primary.credentials.secret-key\":\"" + SECRET + "\"}")));
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("mine",
						Map.of("WEST_SECRET", SECRET + "-2", "s3s3.secondary.credentials.access-key", "b",
								"s3s3.secondary.credentials.secret-key", "${WEST_SECRET}", "sun.java.command",
								"app.jar --s3s3.primary.credentials.secret-key=" + SECRET)));
		}).run((context) -> {
			assertThat(shownBy(context.getBean(EnvironmentEndpoint.class))).contains("WEST_SECRET", "app.jar --s3s3")
				.doesNotContain(SECRET);
			assertThat(shownBy(context.getBean(ConfigurationPropertiesReportEndpoint.class))).doesNotContain(SECRET);
		});
	}

	@Test
	void isNotShownWhileDisabledEither() {
		this.actuator
			.withPropertyValues("s3s3.enabled=false", "s3s3.primary.credentials.secret-key=" + SECRET,
					"spring.cloud.aws.region.static=eu-west-1")
			.run((context) -> assertThat(shownBy(context.getBean(EnvironmentEndpoint.class))).doesNotContain(SECRET));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					s3s3.primary.credentials.secretKey         | s       | ******
					s3s3.primary.credentials.access-key        | a       | ******
					S3S3_SECONDARY_CREDENTIALS_SESSIONTOKEN    | t       | ******
					S3S3_SECONDARY_CREDENTIALS_SECRET_KEY      | s       | ******
					spring.cloud.aws.credentials.secret-key    | s       | ******
					AWS_SECRET_ACCESS_KEY                      | s       | ******
					aws.sessionToken                           | t       | ******
					s3s3.primary.endpoint                      | https://me:pass@s3.example.com/x | https://******@s3.example.com/x
					SPRING_CLOUD_AWS_ENDPOINT                  | http://token@s3.example.com      | http://******@s3.example.com
					s3s3.primary.endpoint                      | https://s3.example.com/a@b       | https://s3.example.com/a@b
					s3s3.primary.credentials.profile           | work    | work
					s3s3.primary.bucket                        | east    | east
					s3s3.probe.key                             | probe   | probe
					my.credentials.secret-key                  | s       | s
					""")
	void isKnownByItsName(String key, String value, String shown) {
		SanitizingFunction function = new SecretsSanitizingFunction(new MockEnvironment());

		assertThat(function.apply(new SanitizableData(null, key, value)).getValue()).isEqualTo(shown);
	}

	@Test
	void isNotTakenForAnotherWordWhenItIsShort() {
		SanitizingFunction function = new SecretsSanitizingFunction(
				new MockEnvironment().withProperty("s3s3.primary.credentials.secret-key", "minio"));

		assertThat(function.apply(new SanitizableData(null, "EAST_SECRET", "minio")).getValue()).isEqualTo("******");
		assertThat(function.apply(new SanitizableData(null, "url", "http://minio")).getValue())
			.isEqualTo("http://minio");
	}

	@Test
	void needsNeitherTheActuatorNorAConfiguration() {
		this.actuator.withClassLoader(new FilteredClassLoader(SanitizingFunction.class))
			.run((context) -> assertThat(context).hasNotFailed());
		Contexts.bare()
			.withConfiguration(AutoConfigurations.of(S3s3SanitizingAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SanitizingFunction.class));
	}

	private static String shownBy(EnvironmentEndpoint endpoint) {
		return JsonMapper.builder().build().writeValueAsString(endpoint.environment(null));
	}

	private static String shownBy(ConfigurationPropertiesReportEndpoint endpoint) {
		return JsonMapper.builder().build().writeValueAsString(endpoint.configurationProperties());
	}

}
