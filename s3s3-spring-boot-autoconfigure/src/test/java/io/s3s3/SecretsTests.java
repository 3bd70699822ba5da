package io.s3s3;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.s3s3.actuate.FailoverEndpoint;
import io.s3s3.autoconfigure.S3s3ObservationAutoConfiguration;
import io.s3s3.event.RequestEvent;
import io.s3s3.health.FailoverHealthIndicator;
import io.s3s3.location.FailoverControl;
import io.s3s3.location.LocationPair;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.Fault;
import io.s3s3.testkit.FaultyEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;

import org.springframework.boot.autoconfigure.AutoConfigurations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * No secret comes out, whatever the fault and however much is logged: neither the secret
 * key, in any log, nor the session token and a customer's encryption key, in what is
 * ours. (The HTTP client's own wire log shows what is on the wire, and those two are.)
 */
class SecretsTests {

	private static final String SECRET_KEY = "marked-secret-key";

	private static final String SESSION_TOKEN = "marked-session-token";

	private static final String CUSTOMER_KEY = "marked-customer-key";

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private Level level;

	private Appender<ILoggingEvent> console;

	@BeforeEach
	void logEverything() {
		this.level = this.root.getLevel();
		this.console = this.root.getAppender("STDOUT");
		this.root.detachAppender(this.console);
		this.log.start();
		this.root.addAppender(this.log);
		this.root.setLevel(Level.TRACE);
	}

	@AfterEach
	void restoreLog() {
		this.root.setLevel(this.level);
		this.root.detachAppender(this.log);
		this.root.addAppender(this.console);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.INCLUDE, names = { "CONNECTION_REFUSED", "NEVER_ANSWERS", "RESET_AFTER_REQUEST",
			"STATUS_500", "EXPIRED_TOKEN", "SIGNATURE_MISMATCH", "NO_SUCH_KEY", "HTML_200", "TLS_TO_PLAIN_PORT" })
	void neverComeOut(Fault fault) {
		List<RequestEvent> events = new CopyOnWriteArrayList<>();
		StringBuilder texts = new StringBuilder();
		try (FaultyEndpoint primary = fault.open();
				FaultyEndpoint other = FaultyEndpoint.answering(403, "AccessDenied")) {
			Contexts.impatientPair(primary.uri(), "east", other.uri(), "west")
				.withPropertyValues("s3s3.primary.credentials.secret-key=" + SECRET_KEY,
						"s3s3.primary.credentials.session-token=" + SESSION_TOKEN,
						"s3s3.secondary.credentials.secret-key=" + SECRET_KEY)
				.withConfiguration(AutoConfigurations.of(S3s3ObservationAutoConfiguration.class))
				.withBean(ObservationRegistry.class, () -> observing(texts))
				.run((context) -> {
					FailoverS3Operations template = context.getBean(FailoverS3Template.class)
						.on(RequestEvent.class, events::add);
					Throwable error = catchThrowable(() -> template.putObject(
							(request) -> request.key("k").sseCustomerKey(CUSTOMER_KEY), RequestBody.fromString("x")));
					texts.append(stackTraceOf(error))
						.append(events)
						.append(context.getBean(LocationPair.class))
						.append(context.getBean(FailoverS3Client.class))
						.append(new FailoverEndpoint(context.getBean(FailoverControl.class)).status())
						.append(new FailoverHealthIndicator(context.getBean(FailoverControl.class), null).health());
					context.getBean(MeterRegistry.class).getMeters().forEach((meter) -> texts.append(meter.getId()));
				});
		}

		assertThat(events).isNotEmpty();
		assertThat(texts).contains("s3s3.attempt", "consecutiveFailures=")
			.doesNotContain(SECRET_KEY, SESSION_TOKEN, CUSTOMER_KEY);
		List<ILoggingEvent> lines = logged();
		assertThat(lines).isNotEmpty();
		assertThat(lines).noneMatch((line) -> line.getFormattedMessage().contains(SECRET_KEY));
		assertThat(lines)
			.filteredOn((line) -> line.getLoggerName().startsWith("io.s3s3")
					|| line.getLoggerName().startsWith("org.springframework.retry"))
			.isNotEmpty()
			.noneMatch((line) -> line.getFormattedMessage().contains(SESSION_TOKEN)
					|| line.getFormattedMessage().contains(CUSTOMER_KEY));
	}

	private static ObservationRegistry observing(StringBuilder texts) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context context) {
				texts.append(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		return registry;
	}

	// Other threads go on logging; an appender appends while it holds its own lock.
	private List<ILoggingEvent> logged() {
		synchronized (this.log) {
			return List.copyOf(this.log.list);
		}
	}

	private static String stackTraceOf(Throwable error) {
		StringWriter text = new StringWriter();
		error.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
