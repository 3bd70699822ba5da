package io.s3s3.sample;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the sample. It has no login, so it only answers users of this machine.
 *
 * @param allowedHosts names under which the application may be called, without a port
 * @param maxObjectSize size of the largest object that is stored
 * @param maxSubscribers how many browsers may follow the failovers at a time
 */
@ConfigurationProperties("sample")
public record SampleProperties(List<String> allowedHosts, DataSize maxObjectSize, int maxSubscribers) {

}
