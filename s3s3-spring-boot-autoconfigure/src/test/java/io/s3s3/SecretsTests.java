package io.s3s3;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.s3s3.autoconfigure.S3s3HealthContributorAutoConfiguration;
import io.s3s3.autoconfigure.S3s3ObservationAutoConfiguration;
import io.s3s3.event.RequestEvent;
import io.s3s3.health.FailoverControl;
import io.s3s3.internal.actuate.FailoverEndpoint;
import io.s3s3.location.LocationPair;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.Fault;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.SecretsWatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * No secret is exposed when both locations fail, however much is logged: neither the
 * secret key, nor the session token, nor a customer's encryption key. The whole matrix is
 * checked against the same rule in {@link FaultMatrixTests}.
 */
class SecretsTests {

	private static final String SECRET_KEY = "marked-secret-key";

	private static final String SESSION_TOKEN = "marked-session-token";

	private static final String CUSTOMER_KEY = "marked-customer-key";

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.INCLUDE,
			names = { "CONNECTION_REFUSED", "CREDENTIALS_PROVIDER_THROWS", "NEVER_ANSWERS", "RESET_AFTER_REQUEST",
					"INTERNAL_ERROR", "EXPIRED_TOKEN", "SIGNATURE_MISMATCH", "NO_SUCH_KEY", "HTML_200",
					"TLS_TO_PLAIN_PORT" })
	void neverComeOut(Fault fault) {
		try (SecretsWatch secrets = new SecretsWatch(List.of(SECRET_KEY), List.of(SESSION_TOKEN, CUSTOMER_KEY));
				FaultyEndpoint primary = fault.open();
				FaultyEndpoint other = AnsweringEndpoint.answering(403, "AccessDenied")) {
			fault.context(primary, other.uri())
				.withPropertyValues("s3s3.primary.credentials.secret-key=" + SECRET_KEY,
						"s3s3.primary.credentials.session-token=" + SESSION_TOKEN,
						"s3s3.secondary.credentials.secret-key=" + SECRET_KEY)
				.withConfiguration(AutoConfigurations.of(S3s3ObservationAutoConfiguration.class,
						S3s3HealthContributorAutoConfiguration.class))
				.withBean(ObservationRegistry.class, () -> observing(secrets))
				.run((context) -> {
					FailoverS3Operations template = context.getBean(FailoverS3Template.class)
						.on(RequestEvent.class, secrets::inspect);

					Throwable error = catchThrowable(() -> template.putObject(
							(request) -> request.key("k").sseCustomerKey(CUSTOMER_KEY), RequestBody.fromString("x")));

					secrets.inspect(stackTraceOf(error));
					secrets.inspect(context.getBean(LocationPair.class));
					secrets.inspect(context.getBean(FailoverS3Client.class));
					FailoverControl control = context.getBean(FailoverControl.class);
					secrets.inspect(new FailoverEndpoint(control).status());
					secrets.inspect(context.getBean(HealthIndicator.class).health());
					context.getBean(MeterRegistry.class).getMeters().forEach((meter) -> secrets.inspect(meter.getId()));
				});

			assertThat(secrets.linesOfOurs()).isPositive();
			assertThat(secrets.found()).isEmpty();
		}
	}

	private static ObservationRegistry observing(SecretsWatch secrets) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context context) {
				secrets.inspect(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		return registry;
	}

	private static String stackTraceOf(Throwable error) {
		StringWriter text = new StringWriter();
		error.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
