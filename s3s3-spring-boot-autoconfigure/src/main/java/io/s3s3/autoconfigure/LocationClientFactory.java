package io.s3s3.autoconfigure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsClientProperties;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.awspring.cloud.autoconfigure.s3.S3ClientCustomizer;
import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import io.s3s3.autoconfigure.S3s3Properties.LocationProperties;
import io.s3s3.internal.http.AnswerGuard;
import io.s3s3.internal.http.AttemptScopeCarrier;
import io.s3s3.internal.http.HedgingMark;
import io.s3s3.internal.io.ClientConfiguration;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.PropertyMapper;

/**
 * Creates the clients and the presigner of a location: first as Spring Cloud AWS would,
 * then as the properties of the location say.
 */
final class LocationClientFactory {

	private static final Logger logger = LoggerFactory.getLogger(LocationClientFactory.class);

	private final AwsClientBuilderConfigurer configurer;

	private final AwsProperties awsProperties;

	private final S3Properties s3Properties;

	private final @Nullable AwsConnectionDetails connectionDetails;

	private final Customizers customizers;

	LocationClientFactory(AwsClientBuilderConfigurer configurer, AwsProperties awsProperties, S3Properties s3Properties,
			ObjectProvider<AwsConnectionDetails> connectionDetails, Customizers customizers) {
		this.configurer = configurer;
		this.awsProperties = awsProperties;
		this.s3Properties = s3Properties;
		this.connectionDetails = connectionDetails.getIfAvailable();
		this.customizers = customizers;
	}

	S3Client client(LocationRole role, LocationProperties properties) {
		S3ClientBuilder builder = S3Client.builder()
			.endpointProvider(new CachingS3EndpointProvider(S3EndpointProvider.defaultProvider()));
		AtomicBoolean hasHttpClient = new AtomicBoolean();
		this.configurer.configureSyncClient(watched(S3ClientBuilder.class, builder, hasHttpClient),
				withRegion(role, properties), this.connectionDetails, this.customizers.s3().orderedStream(),
				this.customizers.sync().orderedStream());
		LocationHttpClientBuilder own = new LocationHttpClientBuilder(properties);
		if (!hasHttpClient.get() || LocationHttpClientBuilder.isConfiguredBy(properties)) {
			builder.httpClient(null).httpClientBuilder(own);
		}
		PropertyMapper.get().from(this.s3Properties::getCrossRegionEnabled).to(builder::crossRegionAccessEnabled);
		configure(builder, role, properties);
		this.customizers.location().orderedStream().forEach((customizer) -> customizer.customize(role, builder));
		guard(builder, properties, own::isUsed);
		return new LocationClient(builder.build(), role.tag());
	}

	/**
	 * Create the asynchronous client of a location. It does not look up the region of a
	 * bucket, whatever the properties say, because the SDK's look-up may never complete.
	 */
	S3AsyncClient asyncClient(LocationRole role, LocationProperties properties) {
		S3AsyncClientBuilder builder = S3AsyncClient.builder()
			.endpointProvider(new CachingS3EndpointProvider(S3EndpointProvider.defaultProvider()));
		AtomicBoolean hasHttpClient = new AtomicBoolean();
		this.configurer.configureAsyncClient(watched(S3AsyncClientBuilder.class, builder, hasHttpClient),
				withRegion(role, properties), this.connectionDetails, null, this.customizers.async().orderedStream());
		LocationAsyncHttpClientBuilder own = new LocationAsyncHttpClientBuilder(properties);
		boolean given = hasHttpClient.get() && !LocationHttpClientBuilder.isConfiguredBy(properties);
		if (!given && LocationAsyncHttpClientBuilder.isPossible()) {
			builder.httpClient(null).httpClientBuilder(own);
		}
		else if (!given) {
			logger.warn("Netty is not on the class path: the asynchronous client of the {} location "
					+ "uses the HTTP client that the SDK finds, with its own timeouts", role.tag());
		}
		configure(builder, role, properties);
		this.customizers.location().orderedStream().forEach((customizer) -> customizer.customize(role, builder));
		guard(builder, properties, own::isUsed);
		builder.overrideConfiguration(builder.overrideConfiguration()
			.copy((configuration) -> configuration.addExecutionInterceptor(new AttemptScopeCarrier())));
		return new LocationAsyncClient(builder.build(), role.tag());
	}

	private void configure(S3BaseClientBuilder<?, ?> builder, LocationRole role, LocationProperties properties) {
		builder.overrideConfiguration(withRetries(builder.overrideConfiguration()));
		builder.serviceConfiguration(serviceConfiguration(properties));
		PropertyMapper map = PropertyMapper.get();
		map.from(properties::region).as(Region::of).to(builder::region);
		map.from(() -> LocationEndpoint.of(nameOf(role, "endpoint"), properties.endpoint()))
			.to(builder::endpointOverride);
		map.from(() -> LocationCredentials.of(properties.credentials())).to(builder::credentialsProvider);
		map.from(properties::dualStack).to(builder::dualstackEnabled);
		map.from(properties::fips).to(builder::fipsEnabled);
		map.from(properties::checksumCalculation).to(builder::requestChecksumCalculation);
		map.from(properties::checksumValidation).to(builder::responseChecksumValidation);
	}

	/**
	 * Add guards that no customizer can remove.
	 */
	private static void guard(S3BaseClientBuilder<?, ?> builder, LocationProperties properties,
			BooleanSupplier hedges) {
		builder.overrideConfiguration(builder.overrideConfiguration()
			.copy((configuration) -> configuration.addExecutionInterceptor(new AnswerGuard())
				.addExecutionInterceptor(new HedgingMark(hedges))));
		builder.addPlugin(ExceptionTranslatingCredentialsProvider.plugin(LocationHttpClientBuilder.limits(properties)));
	}

	/**
	 * Create a presigner that signs as a client does, however that was configured.
	 * @param client the client of the location
	 * @param properties the properties of the location
	 * @return the presigner, or {@code null} if the client does not disclose how it signs
	 */
	@Nullable S3Presigner presigner(S3Client client, LocationProperties properties) {
		S3ServiceClientConfiguration configuration = ClientConfiguration.ask(client).orElse(null);
		if (configuration == null) {
			return null;
		}
		S3Presigner.Builder builder = S3Presigner.builder()
			.region(configuration.region())
			.credentialsProvider(configuration.credentialsProvider())
			.serviceConfiguration(serviceConfiguration(properties));
		configuration.endpointOverride().ifPresent(builder::endpointOverride);
		PropertyMapper map = PropertyMapper.get();
		map.from(this.awsProperties::getDualstackEnabled).to(builder::dualstackEnabled);
		map.from(this.awsProperties::getFipsEnabled).to(builder::fipsEnabled);
		map.from(properties::dualStack).to(builder::dualstackEnabled);
		map.from(properties::fips).to(builder::fipsEnabled);
		return builder.build();
	}

	/**
	 * Return a builder that records whether a customizer sets an HTTP client of its own.
	 */
	private static <B> B watched(Class<B> type, B builder, AtomicBoolean hasHttpClient) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				if (method.getName().startsWith("httpClient") && arguments[0] != null) {
					hasHttpClient.set(true);
				}
				try {
					Object result = method.invoke(builder, arguments);
					return (result == builder) ? proxy : result;
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

	/**
	 * Return the properties of spring.cloud.aws.s3, with a region or a clear error.
	 */
	private AwsClientProperties withRegion(LocationRole role, LocationProperties properties) {
		S3Properties inherited = new S3Properties();
		PropertyMapper map = PropertyMapper.get();
		map.from(this.s3Properties::getEndpoint).to(inherited::setEndpoint);
		map.from(this.s3Properties::getDualstackEnabled).to(inherited::setDualstackEnabled);
		map.from(this.s3Properties::getRegion).to(inherited::setRegion);
		map.from(properties::region).to(inherited::setRegion);
		try {
			this.configurer.resolveRegion(inherited, this.connectionDetails);
		}
		catch (SdkClientException ex) {
			throw LocationNotConfiguredException.without(nameOf(role, "region"));
		}
		return inherited;
	}

	private S3Configuration serviceConfiguration(LocationProperties properties) {
		S3Configuration.Builder configuration = this.s3Properties.toS3Configuration().toBuilder();
		PropertyMapper.get().from(properties::pathStyle).to(configuration::pathStyleAccessEnabled);
		return configuration.build();
	}

	private static String nameOf(LocationRole role, String property) {
		return S3s3Properties.PREFIX + "." + role.tag() + "." + property;
	}

	private static ClientOverrideConfiguration withRetries(ClientOverrideConfiguration configuration) {
		boolean chosen = configuration.retryStrategy().isPresent() || configuration.retryMode().isPresent()
				|| configuration.retryStrategyConfigurator().isPresent();
		return chosen ? configuration : configuration.toBuilder().retryStrategy(LocationRetries.strategy()).build();
	}

	/**
	 * The customizers of client builders.
	 */
	record Customizers(ObjectProvider<S3ClientCustomizer> s3, ObjectProvider<AwsSyncClientCustomizer> sync,
			ObjectProvider<AwsAsyncClientCustomizer> async, ObjectProvider<LocationClientCustomizer> location) {

	}

}
